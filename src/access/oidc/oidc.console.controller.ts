import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors';
import { Operation } from '../../platform/http/operation.decorator';
import { clientOf } from '../client-of';
import { PendingCookie, SessionCookie } from '../session.cookie';
import { IdentityService } from './identity-service';
import { OidcCookie } from './oidc.cookie';
import {
  type OidcAddress,
  oidcAddressSchema,
  type OidcStart,
  oidcStartSchema,
  type SignInMethods,
  signInMethodsSchema,
} from './oidc.schema';
import { OidcService } from './oidc.service';

/** Signing in at the province's identity service: there, and back. */
@Controller('api/v1/auth')
export class OidcConsoleController {
  constructor(
    private readonly service: IdentityService,
    private readonly oidc: OidcService,
    private readonly cookie: OidcCookie,
    private readonly sessionCookie: SessionCookie,
    private readonly pendingCookie: PendingCookie,
  ) {}

  @Get('methods')
  @Operation({
    id: 'getSignInMethods',
    summary: 'How one can sign in here, beside password and passkey',
    audience: 'public',
    answer: signInMethodsSchema,
  })
  methods(): SignInMethods {
    const { label } = this.service;
    return { identityService: label === undefined ? null : { label } };
  }

  @Post('oidc')
  @Operation({
    id: 'startOidc',
    summary: 'Begin to sign in at the identity service: answers where the browser goes',
    audience: 'public',
    answer: oidcAddressSchema,
    refusals: ['oidc_off', 'oidc_unavailable', 'cross_site_request'],
  })
  async start(
    @Body({ schema: oidcStartSchema }) { returnPath }: OidcStart,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OidcAddress> {
    const { url, browser } = await this.oidc.begin(returnPath);
    this.cookie.set(reply, browser);
    return { url };
  }

  @Get('oidc/callback')
  @Operation({
    id: 'finishOidc',
    summary: 'Where the identity service sends the browser back to; leads on to the console',
    description:
      'Always 303: to the page wanted, to `/sign-in?step=second-factor`, or to `/sign-in?problem=oidc_refused` or ' +
      '`oidc_unavailable`. The browser is a person’s, who must not be left with a problem document.',
    audience: 'public',
    status: 303,
  })
  async finish(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const query = new URL(request.url, 'http://callback').searchParams;
    const browser = this.cookie.read(request);
    this.cookie.clear(reply);
    void reply.header('Location', await this.placeAfter(query, browser, request, reply));
  }

  private async placeAfter(
    query: URLSearchParams,
    browser: string | null,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    try {
      const client = clientOf(request, this.sessionCookie);
      const { outcome, returnPath } = await this.oidc.finish(query, browser, client);
      const from = new URLSearchParams({ step: 'second-factor', from: returnPath });
      if (outcome.kind === 'second_step') {
        this.pendingCookie.set(reply, outcome.token);
        this.sessionCookie.clear(reply);
        return `/sign-in?${from.toString()}`;
      }
      this.sessionCookie.set(reply, outcome.session.sessionId);
      return returnPath;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return `/sign-in?problem=${error.kind === 'unavailable' ? 'oidc_unavailable' : 'oidc_refused'}`;
    }
  }
}
