import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { mayDo, type Permission, STAFF_ROLES } from '../../src/kernel/permissions';
import { runAs } from '../../src/platform/actor';
import { type HandedLink, VendorLinksService } from '../../src/privacy/vendor-links.service';
import type { TestApp } from '../e2e/app';
import { type BankClient, bankWithKey } from '../e2e/bank-client';
import { type ConsoleClient, signInAs } from '../e2e/console-client';
import type { OperationToCall } from '../e2e/matrix/operations';
import type { World } from '../e2e/matrix/world';

export interface FuzzRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string | Buffer | undefined;
  /** Media type of the body. */
  readonly type: string;
}

/** Adds what proves who is calling. */
export type Caller = (request: FuzzRequest) => InjectOptions;

const FUZZ_BANK = '970436';

/** Who may call what: for every permission a person that has it, a bank with a key, and anybody. */
export class Callers {
  private readonly people = new Map<string, Promise<ConsoleClient>>();
  private bank: Promise<BankClient> | undefined;

  private link: Promise<string> | undefined;

  constructor(
    private readonly testApp: TestApp,
    private readonly world: World,
  ) {}

  /** @throws Error for an audience nobody has told the driver how to be: a new one cannot be forgotten */
  async of({ id, audience, permission }: OperationToCall): Promise<Caller> {
    if (audience === 'public') return (request) => requestOf(request);
    if (audience === 'bank') return asBank(await this.bankClient());
    if (audience === 'staff' && permission) return asPerson(await this.person(permission));
    if (audience === 'vendor') return asVendor(await this.vendorLink());
    throw new Error(`test/fuzz/callers.ts does not know how to call ${id} as ${audience}`);
  }

  private bankClient(): Promise<BankClient> {
    return (this.bank ??= bankWithKey(this.testApp, FUZZ_BANK));
  }

  /** The secret of the link of the world's vendor. */
  private vendorLink(): Promise<string> {
    const links = this.testApp.app.get(VendorLinksService, { strict: false });
    const made = (): Promise<HandedLink> =>
      runAs({ kind: 'system', id: 'test' }, () => links.make(this.world.vendorId));
    return (this.link ??= made().then(({ link }) => link.split('#')[1] ?? ''));
  }

  /** Of the whole province where a role can be: what is refused must not be refused for its place. */
  private person(permission: Permission): Promise<ConsoleClient> {
    const role = (['department_officer', ...STAFF_ROLES] as const).find((other) => mayDo(other, permission));
    if (!role) throw new Error(`no role has ${permission}`);
    const known = this.people.get(role) ?? signInAs(this.testApp, { role });
    this.people.set(role, known);
    return known;
  }
}

/** Past the sockets, ten times as fast; everything from the first hook on is the same. */
export function sendInside({ app }: TestApp, request: InjectOptions): Promise<LightMyRequestResponse> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  return fastify.inject(request);
}

function requestOf({ method, path, body, type }: FuzzRequest, proof: Record<string, string> = {}): InjectOptions {
  const described = body === undefined ? {} : { 'content-type': type };
  return { method: method as 'GET', url: path, payload: body, headers: { host: 'cho40.test', ...described, ...proof } };
}

function asPerson({ cookie, csrfToken }: ConsoleClient): Caller {
  return (request) => requestOf(request, { cookie, 'x-csrf-token': csrfToken, 'if-match': '"1"' });
}

function asVendor(secret: string): Caller {
  return (request) => requestOf(request, { 'x-vendor-link': secret });
}

function asBank(client: BankClient): Caller {
  return (request) => {
    const { path, body, type } = request;
    return requestOf(request, client.sign({ method: request.method as 'GET', path, body, contentType: type }));
  };
}
