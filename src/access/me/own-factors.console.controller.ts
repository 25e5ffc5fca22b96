import { Body, Controller, Delete, Get, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Operation } from '../../platform/http/operation.decorator';
import { clientOf } from '../client-of';
import {
  type PasskeyInput,
  passkeyInputSchema,
  passkeyNameSchema,
  type PasskeyOptions,
  passkeyOptionsSchema,
  passkeyParams,
} from '../passkeys/passkey.schema';
import { PasskeysService } from '../passkeys/passkeys.service';
import { type Enrolled, EnrolmentService } from '../second-factor/enrolment.service';
import { type TotpOffer, TotpService } from '../second-factor/totp.service';
import { SessionCookie } from '../session.cookie';
import { SessionReply } from '../session.reply';
import type { Session } from '../sessions.service';
import { SignedIn } from '../staff.verifier';
import {
  type EnrolledAnswer,
  enrolledSchema,
  type OwnSecurity,
  ownSecuritySchema,
  recoveryCodesSchema,
  totpConfirmationSchema,
  totpOfferSchema,
} from './me.schema';
import { OwnAccountService } from './own-account.service';

/** The factors with which a person proves to be themselves. Whoever adds or removes one has just proven it. */
@Controller('api/v1/me')
export class OwnFactorsConsoleController {
  constructor(
    private readonly account: OwnAccountService,
    private readonly totp: TotpService,
    private readonly passkeys: PasskeysService,
    private readonly enrolment: EnrolmentService,
    private readonly reply: SessionReply,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('security')
  @Operation({
    id: 'getOwnSecurity',
    summary: 'How you sign in: password, code app, recovery codes, passkeys',
    audience: 'staff',
    permission: 'self',
    answer: ownSecuritySchema,
  })
  async security(@SignedIn() session: Session): Promise<OwnSecurity> {
    const { totpSince, passkeys, ...facts } = await this.account.securityOf(session);
    return {
      ...facts,
      totpSince: totpSince?.toISOString() ?? null,
      passkeys: passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
        ...passkey,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
    };
  }

  @Post('totp')
  @Operation({
    id: 'offerTotp',
    summary: 'A new secret for a code app, shown once; one in use goes on until the new one is confirmed',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    answer: totpOfferSchema,
  })
  offerTotp(@SignedIn() { staff }: Session): Promise<TotpOffer> {
    return this.totp.offer(staff);
  }

  @Post('totp/confirmation')
  @Operation({
    id: 'confirmTotp',
    summary: 'Show that the app has the secret; with the first factor come recovery codes',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    answer: enrolledSchema,
    refusals: ['totp_code_wrong', 'totp_not_enrolled', 'too_many_attempts'],
  })
  async confirmTotp(
    @Body({ schema: totpConfirmationSchema }) { code }: z.infer<typeof totpConfirmationSchema>,
    @SignedIn() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolledAnswer> {
    return this.enrolled(reply, await this.totp.confirm(session, code, clientOf(request, this.cookie)));
  }

  @Delete('totp')
  @Operation({
    id: 'removeTotp',
    summary: 'Do without the code app from now on',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    status: 204,
    refusals: ['totp_not_enrolled'],
  })
  async removeTotp(@SignedIn() { staff }: Session): Promise<void> {
    await this.totp.remove(staff.id);
  }

  @Post('recovery-codes')
  @Operation({
    id: 'renewRecoveryCodes',
    summary: 'Ten new recovery codes, shown once; the former are void',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    answer: recoveryCodesSchema,
    refusals: ['no_second_factor'],
  })
  async renewRecoveryCodes(@SignedIn() { staff }: Session): Promise<{ recoveryCodes: string[] }> {
    return { recoveryCodes: await this.enrolment.renewCodes(staff.id) };
  }

  @Post('passkeys/options')
  @Operation({
    id: 'askNewPasskey',
    summary: 'What the browser needs to make a new passkey',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    answer: passkeyOptionsSchema,
    refusals: ['too_many_passkeys'],
  })
  askNewPasskey(@SignedIn() { staff }: Session): Promise<PasskeyOptions> {
    return this.passkeys.creationOptions(staff);
  }

  @Post('passkeys')
  @Operation({
    id: 'addPasskey',
    summary: 'Add the passkey that the browser has made; with the first factor come recovery codes',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    answer: enrolledSchema,
    refusals: ['passkey_not_accepted', 'passkey_exists', 'too_many_passkeys'],
  })
  async addPasskey(
    @Body({ schema: passkeyInputSchema }) input: PasskeyInput,
    @SignedIn() session: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolledAnswer> {
    return this.enrolled(reply, await this.passkeys.register(session, input));
  }

  @Patch('passkeys/:id')
  @Operation({
    id: 'renamePasskey',
    summary: 'Call a passkey by another name',
    audience: 'staff',
    permission: 'self',
    status: 204,
    refusals: ['passkey_not_found'],
  })
  async renamePasskey(
    @Param({ schema: passkeyParams }) { id }: z.infer<typeof passkeyParams>,
    @Body({ schema: passkeyNameSchema }) { name }: z.infer<typeof passkeyNameSchema>,
    @SignedIn() { staff }: Session,
  ): Promise<void> {
    await this.passkeys.rename(staff.id, id, name);
  }

  @Delete('passkeys/:id')
  @Operation({
    id: 'removePasskey',
    summary: 'Remove a passkey: it lets nobody in any more',
    audience: 'staff',
    permission: 'self',
    stepUp: true,
    status: 204,
    refusals: ['passkey_not_found'],
  })
  async removePasskey(
    @Param({ schema: passkeyParams }) { id }: z.infer<typeof passkeyParams>,
    @SignedIn() { staff }: Session,
  ): Promise<void> {
    await this.passkeys.remove(staff.id, id);
  }

  private async enrolled(reply: FastifyReply, { session, recoveryCodes }: Enrolled): Promise<EnrolledAnswer> {
    return { recoveryCodes, session: await this.reply.opened(reply, session) };
  }
}
