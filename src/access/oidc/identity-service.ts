import { Injectable, Logger } from '@nestjs/common';
import * as client from 'openid-client';
import { Clock } from '../../kernel/clock';
import { Env, type OidcSettings } from '../../platform/config/env';
import { within } from '../../platform/queue/time-limit';
import { OidcOff, OidcRefused, OidcUnavailable } from './oidc.errors';
import { type Identity, identityOf, isOutage } from './oidc.rules';

/** Secrets of one way there and back. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Each single call, in seconds, and all of them together: a request ends within 5 s (robustness R5). */
const CALL_SECONDS = 2;
const TOGETHER_MS = 4_000;
/** How long the service's own description is believed. */
const DESCRIPTION_KEPT_MS = 3_600_000;

/**
 * The province's identity service: OpenID Connect, authorization code with PKCE, state and nonce. Nothing is called
 * unless it is configured, and not before somebody wants to sign in there.
 */
@Injectable()
export class IdentityService {
  private readonly logger = new Logger(IdentityService.name);
  private readonly settings: OidcSettings | undefined;
  private readonly redirectUri: string;
  private known: { readonly at: number; readonly configuration: client.Configuration } | undefined;

  constructor(
    env: Env,
    private readonly clock: Clock,
  ) {
    this.settings = env.oidc;
    this.redirectUri = `${env.publicUrl}/api/v1/auth/oidc/callback`;
  }

  /** What its button says; null for the console's own word, undefined when there is no service. */
  get label(): string | null | undefined {
    return this.settings?.label;
  }

  /** Where the browser goes. @throws OidcOff, OidcUnavailable */
  async addressFor({ state, nonce, verifier }: Checks): Promise<string> {
    const url = client.buildAuthorizationUrl(await this.asking(this.configuration()), {
      redirect_uri: this.redirectUri,
      scope: 'openid email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /**
   * Who came back. Signature, issuer, audience, times, state, nonce and code are checked; the email may stand in the
   * token or be asked for.
   * @param query of the address the browser came back to
   * @throws OidcRefused, OidcUnavailable, OidcOff
   */
  identify(query: URLSearchParams, checks: Checks): Promise<Identity> {
    return this.asking(this.exchange(query, checks));
  }

  private async exchange(query: URLSearchParams, { state, nonce, verifier }: Checks): Promise<Identity> {
    const configuration = await this.configuration();
    const tokens = await client.authorizationCodeGrant(
      configuration,
      new URL(`${this.redirectUri}?${query.toString()}`),
      {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      },
    );
    const claims = tokens.claims();
    if (!claims) throw new OidcRefused();
    const mfa = this.settings?.mfa ?? [];
    if ('email' in claims || !configuration.serverMetadata().userinfo_endpoint) return identityOf(claims, mfa);
    const { email, email_verified } = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    return identityOf({ ...claims, email, email_verified }, mfa);
  }

  private async configuration(): Promise<client.Configuration> {
    const now = this.clock.now().getTime();
    if (this.known && now - this.known.at < DESCRIPTION_KEPT_MS) return this.known.configuration;
    const configuration = await this.discover();
    this.known = { at: now, configuration };
    return configuration;
  }

  private discover(): Promise<client.Configuration> {
    if (!this.settings) throw new OidcOff();
    const { issuer, clientId, clientSecret } = this.settings;
    const execute = [client.enableNonRepudiationChecks];
    // Outside production only: Env refuses it there.
    if (issuer.startsWith('http:')) execute.push(client.allowInsecureRequests);
    const options = { execute, timeout: CALL_SECONDS };
    return client.discovery(new URL(issuer), clientId, clientSecret, authenticatedBy(clientSecret), options);
  }

  /** Errors of the library say too much, and to the wrong people: the log gets their code, the browser one of two. */
  private async asking<T>(work: Promise<T>): Promise<T> {
    try {
      return await within(TOGETHER_MS, 'the identity service', work);
    } catch (error) {
      if (error instanceof OidcOff) throw error;
      const { code = 'unknown', name } = error as { code?: string; name?: string };
      const isDown = isOutage(error) || name === 'TimeLimitExceeded';
      this.logger.warn({ identityService: isDown ? 'unavailable' : 'refused', code, name });
      throw isDown ? new OidcUnavailable() : new OidcRefused();
    }
  }
}

/** `client_secret_basic` is what every service must know; the other way for those that say they know only that. */
function authenticatedBy(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, metadata, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = methods.includes('client_secret_basic') ? basic : post;
    return way(server, metadata, body, headers);
  };
}
