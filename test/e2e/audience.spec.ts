import { Controller, Get, Post } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { PATH_METADATA } from '@nestjs/common/constants';
import { AUDIENCE } from '../../src/platform/http/operation.decorator';
import { answerOf, type Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { signInAs } from './console-client';

@Controller('api/v1/forgotten')
class ForgottenController {
  @Get()
  read(): { secret: string } {
    return { secret: 'x' };
  }

  @Post()
  write(): { secret: string } {
    return { secret: 'x' };
  }
}

/** Everything that may be reached by anybody; a new entry is a decision. */
const PUBLIC = [
  'AccessConsoleController.activate',
  'AccessConsoleController.signIn',
  'HealthController.live',
  'HealthController.ready',
  'MetricsController.scrape',
  'OidcConsoleController.finish',
  'OidcConsoleController.methods',
  'OidcConsoleController.start',
  'SignInStepsConsoleController.askPasskey',
  'SignInStepsConsoleController.confirm',
  'SignInStepsConsoleController.signInByPasskey',
  'SignInStepsConsoleController.ways',
];

/** What the operations of each audience say to nobody. */
const REFUSAL: Readonly<Record<string, string>> = {
  session: 'sign_in_required',
  httpSignature: 'signature_missing',
  vendorLink: 'vendor_link_not_valid',
};

interface Handler {
  readonly name: string;
  readonly audience: unknown;
}

interface OpenApi {
  paths: Record<string, Record<string, { operationId: string; security?: Record<string, unknown>[] }>>;
}

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, controllers: [ForgottenController] });
});
afterAll(() => testApp.stop());

function handlers(): Handler[] {
  const reflector = new Reflector();
  const modules = [...testApp.app.get(ModulesContainer).values()];
  return modules
    .flatMap((module) => [...module.controllers.values()])
    .map(({ metatype }) => metatype as { name: string; prototype: Record<string, () => unknown> })
    .filter(({ name }) => name !== ForgottenController.name)
    .flatMap(({ name, prototype }) =>
      Object.getOwnPropertyNames(prototype)
        .map((method) => ({ method, handler: prototype[method] }))
        .filter(({ method, handler }) => method !== 'constructor' && Reflect.hasMetadata(PATH_METADATA, handler ?? {}))
        .map(({ method, handler }) => ({
          name: `${name}.${method}`,
          audience: handler && reflector.get<unknown>(AUDIENCE, handler),
        })),
    );
}

async function openApi(): Promise<OpenApi> {
  return (await fetch(`${testApp.url}/api/openapi.json`)).json() as Promise<OpenApi>;
}

async function call(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const address = testApp.url + path.replace(/\{[^}]+\}/g, '1');
  return answerOf(await fetch(address, { method: method.toUpperCase(), headers }));
}

it('every route of the system has said whom it is for', () => {
  const undeclared = handlers().filter(
    ({ audience }) => !['staff', 'bank', 'vendor', 'public'].includes(String(audience)),
  );
  expect(handlers().length).toBeGreaterThan(5);
  expect(undeclared).toEqual([]);
});

it('what anybody may reach is this list', () => {
  const open = handlers().filter(({ audience }) => audience === 'public');
  expect(open.map(({ name }) => name).sort()).toEqual(PUBLIC);
});

it.each(['GET', 'POST'])('a route that forgot to say so is closed: %s', async (method) => {
  const answer = await call(method, '/api/v1/forgotten');
  expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
});

it('no documented operation answers without a session or a signature', async () => {
  const { paths } = await openApi();
  const refused: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(operations)) {
      const scheme = Object.keys(security?.[0] ?? {})[0];
      if (!scheme) continue;
      const { status, body } = await call(method, path);
      refused[`${method} ${path}`] = [status, body.code];
      expected[`${method} ${path}`] = [401, REFUSAL[scheme]];
    }
  }
  expect(Object.keys(expected).length).toBeGreaterThan(5);
  expect(refused).toEqual(expected);
});

it('a bank’s signature is no session, and a cookie no signature', async () => {
  const { paths } = await openApi();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(operations)) {
      if (!security?.[0] || !('httpSignature' in security[0])) continue;
      const answer = await call(method, path, { cookie: `session=${'A'.repeat(43)}`, authorization: 'Bearer x' });
      expect(answer.body.code).toBe('signature_missing');
    }
  }
});

it('no write of the console goes through with the cookie alone', async () => {
  const { paths } = await openApi();
  const { cookie } = await signInAs(testApp);
  const writes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method, { security }]) => method !== 'get' && security?.[0] && 'session' in security[0])
      .map(([method]) => [method, path] as const),
  );
  expect(writes.length).toBeGreaterThan(0);
  for (const [method, path] of writes) {
    const { status, body } = await call(method, path, { cookie });
    expect([method, path, status, body.code]).toEqual([method, path, 403, 'csrf_token_invalid']);
  }
});
