import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { type Account, Provider } from 'oidc-provider';

/**
 * An identity service of its own process: everybody who comes with a `login_hint` is signed in as the account written
 * there, at once and without a page. Prints its address as one line of JSON.
 * `node test/database/run-typescript.mjs test/processes/identity-provider.ts REDIRECT_URI`
 */
interface Hint {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly amr?: string[];
}

const accounts = new Map<string, Hint>();
const [, , redirectUri = ''] = process.argv;

function accountOf(sub: string): Account {
  const { amr: _amr, ...claims } = accounts.get(sub) ?? { sub };
  return { accountId: sub, claims: () => ({ ...claims, sub }) };
}

function providerAt(issuer: string): Provider {
  const client = {
    redirect_uris: [redirectUri],
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
  };
  const provider: Provider = new Provider(issuer, {
    clients: [
      { client_id: 'cho40', client_secret: 'a-secret-of-this-test-only', ...client },
      { client_id: 'another', client_secret: 'another-secret-of-this-test', ...client },
    ],
    claims: { openid: ['sub', 'amr', 'acr'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['only-for-this-test'] },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => accountOf(sub),
    // Nobody is asked to consent: the service belongs to the province.
    loadExistingGrant: async ({ oidc }) => {
      const clientId = oidc.client?.clientId;
      const grant = new provider.Grant({ accountId: oidc.session?.accountId, clientId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = providerAt(issuer);
  const serve = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void serve(request, response);
    void provider.interactionDetails(request, response).then(({ params }) => {
      const hint = JSON.parse(Buffer.from(String(params.login_hint), 'base64url').toString()) as Hint;
      accounts.set(hint.sub, hint);
      const login = { accountId: hint.sub, amr: hint.amr, remember: false };
      return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    });
  });
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});
