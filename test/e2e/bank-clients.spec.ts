import { generateKeyPairSync } from 'node:crypto';
import { BankKeyService } from '../../src/banks/bank-key.service';
import { BanksService } from '../../src/banks/banks.service';
import { businessDay } from '../../src/kernel/business-day';
import { runAs } from '../../src/platform/actor';
import { sql } from '../../src/platform/db/database';
import { saveBank } from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { BankClient } from './bank-client';
import { type ConsoleClient, signInAs } from './console-client';

const PATH = '/api/v1/bank-clients';
const STALLS = '/api/v1/bank/stalls';
const HMAC = { alg: 'hmac-sha256' };
const REASON = 'Ngân hàng bắt đầu báo cáo';

let testApp: TestApp;
let admin: ConsoleClient;
let second: ConsoleClient;
let leader: ConsoleClient;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  admin = await signInAs(testApp, { role: 'system_admin' });
  second = await signInAs(testApp, { role: 'system_admin' });
  leader = await signInAs(testApp, { role: 'department_leader' });
  await testApp.database.write((tx) => saveBank(tx, '970400'));
});
afterAll(() => testApp.stop());

let bins = 970_600;
/** A bank that no other test touches. */
async function newBank(): Promise<string> {
  bins += 1;
  const bin = String(bins);
  await testApp.database.write((tx) => saveBank(tx, bin));
  return bin;
}

const verdict = ({ status, body }: Answer): unknown[] => [status, (body as { code?: unknown } | undefined)?.code];
const clientWith = (bin: string, issued: Answer): BankClient =>
  new BankClient(testApp, bin, issued.body as unknown as BankClient['key']);
const keyIdOf = (answer: Answer): string => answer.body.keyId as unknown as string;
const idOf = (answer: Answer): string => answer.body.id as unknown as string;
const decide = (who: ConsoleClient, id: string): Promise<Answer> => who.post(`/api/v1/approvals/${id}/approval`, {});

interface KeyView {
  keyId: string;
  state: string;
  environment: string;
  mayCollect: boolean;
  lastUsedAt: string | null;
}
const keysOf = async (bin: string, who = admin): Promise<KeyView[]> =>
  (await who.get(`${PATH}/${bin}`)).body.keys as unknown as KeyView[];

/** Asked for, approved by another and collected. */
async function liveKey(bin: string, input: object = HMAC): Promise<Answer> {
  const asked = await admin.post(`${PATH}/${bin}/live-keys`, { ...input, reason: REASON });
  const approved = await decide(leader, idOf(asked));
  const keyId = (approved.body.outcome as unknown as { keyId: string }).keyId;
  return admin.post(`${PATH}/${bin}/keys/${keyId}/collect`);
}

describe('institutions', () => {
  it('are listed with agreement and keys, those without either on request', async () => {
    const bin = await newBank();
    const names = async (query: string) =>
      ((await admin.get(`${PATH}?${query}`)).body.items as unknown as { bin: string }[]).map((row) => row.bin);
    expect(await names('limit=200')).not.toContain(bin);
    expect(await names('limit=200&all=true')).toContain(bin);
    const banks = testApp.app.get(BanksService, { strict: false });
    await runAs({ kind: 'cli', id: 'test' }, () => banks.agreeOnReporting(bin, businessDay('2026-11-01')));
    await admin.post(`${PATH}/${bin}/test-keys`, HMAC);
    const found = await admin.get(`${PATH}?q=bank${bin}`);
    expect(found.body).toMatchObject({
      total: 1,
      nextCursor: null,
      items: [{ bin, reporting: true, agreedFrom: '2026-11-01', agreedTo: null, liveKeys: 0, testKeys: 1 }],
    });
    expect(JSON.stringify(found.body)).not.toContain(`0${bin.slice(1)}`);
  });

  it('are paged', async () => {
    const first = await admin.get(`${PATH}?all=true&limit=1`);
    const next = await admin.get(`${PATH}?all=true&limit=1&cursor=${first.body.nextCursor as unknown as string}`);
    expect(next.body.items).not.toEqual(first.body.items);
    expect(verdict(await admin.get(`${PATH}?cursor=WyIwMDAwMDAiXQ`))).toEqual([400, 'cursor_invalid']);
  });

  it.each([
    ['999999', 404, 'bank_client_not_found'],
    ['070400', 404, 'bank_client_not_found'],
    ['97040', 422, 'request_invalid'],
  ])('%s is none', async (bin, status, code) => {
    await admin.post(`${PATH}/970400/test-keys`, HMAC);
    expect(verdict(await admin.get(`${PATH}/${bin}`))).toEqual([status, code]);
  });
});

describe('a test key', () => {
  it('is made by one person, shown once, and works', async () => {
    const bin = await newBank();
    const made = await admin.post(`${PATH}/${bin}/test-keys`, HMAC);
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(made.body).toEqual({
      keyId: expect.stringMatching(new RegExp(`^${bin}-test-[0-9a-f-]{36}$`)),
      alg: 'hmac-sha256',
      secret: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      privateKey: null,
    });
    expect((await clientWith(bin, made).get(STALLS)).body.total).toBe(6);
    const read = await admin.get(`${PATH}/${bin}`);
    expect(read.body).toMatchObject({ bin, keys: [{ keyId: keyIdOf(made), environment: 'test', state: 'active' }] });
    expect(read.bytes.toString()).not.toContain(made.body.secret);
  });

  it('of a pair that was made here, or by the bank', async () => {
    const bin = await newBank();
    const made = await admin.post(`${PATH}/${bin}/test-keys`, { alg: 'ed25519' });
    expect(made.body).toMatchObject({ secret: null, privateKey: expect.stringContaining('BEGIN PRIVATE KEY') });
    expect((await clientWith(bin, made).get(STALLS)).status).toBe(200);

    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const input = { alg: 'ed25519', publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString() };
    const own = await admin.post(`${PATH}/${bin}/test-keys`, input);
    expect([own.status, own.body]).toMatchObject([201, { secret: null, privateKey: null }]);
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const bank = new BankClient(testApp, bin, { keyId: keyIdOf(own), alg: 'ed25519', privateKey: pem });
    expect((await bank.get(STALLS)).status).toBe(200);
    expect(verdict(await admin.post(`${PATH}/${await newBank()}/test-keys`, input))).toEqual([409, 'bank_key_known']);
  });

  it('sent for again: a second one, and no third', async () => {
    const bin = await newBank();
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push(await admin.post(`${PATH}/${bin}/test-keys`, HMAC));
    expect(answers.map(verdict)).toEqual([
      [201, undefined],
      [201, undefined],
      [409, 'bank_key_limit'],
    ]);
    const [first] = answers;
    await admin.post(`${PATH}/${bin}/keys/${keyIdOf(first as Answer)}/retire`);
    expect((await admin.post(`${PATH}/${bin}/test-keys`, HMAC)).status).toBe(201);
  });

  const pair = generateKeyPairSync('ed25519');
  it.each([
    ['no algorithm', {}, 422, 'request_invalid'],
    ['an unknown algorithm', { alg: 'rsa' }, 422, 'request_invalid'],
    ['an unknown property', { ...HMAC, secret: 'x' }, 422, 'request_invalid'],
    ['a public key for hmac', { ...HMAC, publicKey: 'x' }, 422, 'public_key_not_fitting'],
    ['a public key that is none', { alg: 'ed25519', publicKey: 'x' }, 422, 'public_key_invalid'],
    [
      'a private key',
      { alg: 'ed25519', publicKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }) },
      422,
      'private_key_sent',
    ],
  ])('is refused with %s', async (_name, input, status, code) => {
    expect(verdict(await admin.post(`${PATH}/970400/test-keys`, input))).toEqual([status, code]);
  });

  it('is refused for an institution that is not listed', async () => {
    expect(verdict(await admin.post(`${PATH}/999999/test-keys`, HMAC))).toEqual([422, 'bank_not_found']);
    expect(verdict(await admin.post(`${PATH}/070400/test-keys`, HMAC))).toEqual([422, 'bank_not_found']);
  });
});

describe('a live key', () => {
  it('takes two people, and is made when whoever asked collects it', async () => {
    const bin = await newBank();
    const asked = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    expect([asked.status, asked.body]).toMatchObject([202, { kind: 'bank_key_issue', state: 'pending', mine: true }]);
    expect(await keysOf(bin)).toEqual([]);
    expect((await admin.get(`${PATH}/${bin}`)).body.pendingApprovalId).toBe(idOf(asked));
    expect(verdict(await decide(admin, idOf(asked)))).toEqual([409, 'same_person']);

    const approved = await decide(leader, idOf(asked));
    expect(approved.body).toMatchObject({ state: 'approved', outcome: { keyId: expect.stringContaining(bin) } });
    const [granted] = await keysOf(bin);
    expect(granted).toMatchObject({ state: 'to_collect', environment: 'live', mayCollect: true });
    expect((await keysOf(bin, second))[0]).toMatchObject({ mayCollect: false });
    const collect = `${PATH}/${bin}/keys/${granted?.keyId}/collect`;
    expect(verdict(await second.post(collect))).toEqual([403, 'bank_key_not_yours']);
    expect(verdict(await leader.post(collect))).toEqual([403, 'not_permitted']);

    const collected = await admin.post(collect);
    expect([collected.status, collected.body]).toMatchObject([200, { keyId: granted?.keyId, alg: 'hmac-sha256' }]);
    expect((await clientWith(bin, collected).get(STALLS)).status).toBe(200);
    expect(verdict(await admin.post(collect))).toEqual([409, 'bank_key_not_collectable']);
    expect((await keysOf(bin))[0]).toMatchObject({ state: 'active', mayCollect: false });
  });

  it('signs nothing before it is collected, and is not there for ever', async () => {
    const bin = await newBank();
    const asked = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    await decide(leader, idOf(asked));
    const [granted] = await keysOf(bin);
    const keyId = granted?.keyId ?? '';
    const guess = new BankClient(testApp, bin, { keyId, alg: 'hmac-sha256', secret: '' });
    expect(verdict(await guess.get(STALLS))).toEqual([401, 'key_unknown']);
    testApp.clock.advanceMs(72 * 3_600_000);
    const later = await signInAs(testApp, { role: 'system_admin' });
    expect(verdict(await later.post(`${PATH}/${bin}/keys/${keyId}/collect`))).toEqual([403, 'bank_key_not_yours']);
    const keys = testApp.app.get(BankKeyService, { strict: false });
    const collecting = runAs({ kind: 'cli', id: 'test' }, () => keys.collect(bin, keyId, admin.staff.id));
    await expect(collecting).rejects.toMatchObject({ code: 'bank_key_not_collectable' });
    admin = later;
    second = await signInAs(testApp, { role: 'system_admin' });
    leader = await signInAs(testApp, { role: 'department_leader' });
  });

  it('by the bank’s public key is good from the approval on; nothing is to be collected', async () => {
    const bin = await newBank();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const input = { alg: 'ed25519', publicKey: JSON.stringify(publicKey.export({ format: 'jwk' })), reason: REASON };
    const asked = await admin.post(`${PATH}/${bin}/live-keys`, input);
    await decide(second, idOf(asked));
    const [key] = await keysOf(bin);
    expect(key).toMatchObject({ state: 'active' });
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const bank = new BankClient(testApp, bin, { keyId: key?.keyId ?? '', alg: 'ed25519', privateKey: pem });
    expect((await bank.get(STALLS)).status).toBe(200);
    expect(verdict(await admin.post(`${PATH}/${bin}/keys/${key?.keyId}/collect`))).toEqual([
      409,
      'bank_key_not_collectable',
    ]);
  });

  it('asked for again while it waits: the same request; by another, or another key: refused', async () => {
    const bin = await newBank();
    const asked = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    const again = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    expect([again.status, idOf(again)]).toEqual([202, idOf(asked)]);
    const other = { alg: 'ed25519', reason: REASON };
    expect(verdict(await admin.post(`${PATH}/${bin}/live-keys`, other))).toEqual([409, 'approval_pending']);
    expect(verdict(await second.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON }))).toEqual([
      409,
      'approval_pending',
    ]);
  });

  it('two at most, for a change without a gap: both work, the retired one never again', async () => {
    const bin = await newBank();
    const [first, next] = [await liveKey(bin), await liveKey(bin, { alg: 'ed25519' })];
    const [old, fresh] = [clientWith(bin, first), clientWith(bin, next)];
    expect([(await old.get(STALLS)).status, (await fresh.get(STALLS)).status]).toEqual([200, 200]);
    const third = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    expect(verdict(third)).toEqual([409, 'bank_key_limit']);
    expect((await admin.post(`${PATH}/${bin}/test-keys`, HMAC)).status).toBe(201);

    expect((await admin.post(`${PATH}/${bin}/keys/${keyIdOf(first)}/retire`)).status).toBe(204);
    expect(verdict(await old.get(STALLS))).toEqual([403, 'key_suspended']);
    expect((await fresh.get(STALLS)).status).toBe(200);
  });

  it('that two asked for at the same time is one too many only once', async () => {
    const bin = await newBank();
    await liveKey(bin);
    const asked = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    const keys = testApp.app.get(BankKeyService, { strict: false });
    await runAs({ kind: 'cli', id: 'test' }, () => keys.create(bin, 'ed25519'));
    expect(verdict(await decide(leader, idOf(asked)))).toEqual([409, 'approval_outdated']);
    expect(await keysOf(bin)).toHaveLength(2);
  });

  it('from the operator’s shell is the first one only', async () => {
    const bin = await newBank();
    const keys = testApp.app.get(BankKeyService, { strict: false });
    const shell = () => runAs({ kind: 'cli', id: 'operator' }, () => keys.createFirst(bin, 'hmac-sha256'));
    const { keyId } = await shell();
    await expect(shell()).rejects.toMatchObject({ code: 'bank_key_needs_two' });
    await admin.post(`${PATH}/${bin}/keys/${keyId}/retire`);
    await expect(shell()).rejects.toMatchObject({ code: 'bank_key_needs_two' });
  });
});

describe('keys in use', () => {
  it('suspend, resume, retire; again is refused, of another bank not found', async () => {
    const bin = await newBank();
    const key = await admin.post(`${PATH}/${bin}/test-keys`, HMAC);
    const bank = clientWith(bin, key);
    const move = (step: string, of = bin) => admin.post(`${PATH}/${of}/keys/${keyIdOf(key)}/${step}`);
    expect(verdict(await move('resume'))).toEqual([409, 'bank_key_state']);
    expect((await move('suspend')).status).toBe(204);
    expect(verdict(await move('suspend'))).toEqual([409, 'bank_key_state']);
    expect(verdict(await bank.get(STALLS))).toEqual([403, 'key_suspended']);
    expect((await move('resume')).status).toBe(204);
    expect((await bank.get(STALLS)).status).toBe(200);
    expect(verdict(await move('retire', '970400'))).toEqual([404, 'bank_key_not_found']);
    expect((await move('retire')).status).toBe(204);
    expect(verdict(await move('resume'))).toEqual([409, 'bank_key_state']);
    expect(verdict(await bank.get(STALLS))).toEqual([403, 'key_suspended']);
  });

  it('say when they were last used, to the minute', async () => {
    const bin = await newBank();
    const bank = clientWith(bin, await admin.post(`${PATH}/${bin}/test-keys`, HMAC));
    const used = async () => (await keysOf(bin))[0]?.lastUsedAt;
    expect(await used()).toBeNull();
    await Promise.all([1, 2, 3].map(() => bank.get(STALLS)));
    const first = testApp.clock.now().toISOString();
    expect(await used()).toBe(first);
    testApp.clock.advanceMs(59_000);
    await bank.get(STALLS);
    expect(await used()).toBe(first);
    testApp.clock.advanceMs(1_000);
    await bank.get(STALLS);
    expect(await used()).toBe(testApp.clock.now().toISOString());
  });
});

describe('addresses', () => {
  const put = (bin: string, networks: unknown, version: number | null, environment = 'test') =>
    admin.send(
      'PUT',
      `${PATH}/${bin}/addresses/${environment}`,
      { networks },
      version === null ? {} : { 'if-match': `"${version}"` },
    );
  const from = async (bank: BankClient, address: string): Promise<Answer> => {
    const sending = { method: 'GET', path: STALLS } as const;
    return bank.sendAs(sending, { ...bank.sign(sending), 'x-forwarded-for': address });
  };

  it('let in whoever stands in the list, and others only where there is none', async () => {
    const bin = await newBank();
    const bank = clientWith(bin, await admin.post(`${PATH}/${bin}/test-keys`, HMAC));
    expect((await from(bank, '198.51.100.9')).status).toBe(200);
    const set = await put(bin, ['203.0.113.7/24', ' 2001:DB8::/48', '203.0.113.0/24'], 1);
    expect(set.body).toMatchObject({
      addresses: [
        { environment: 'live', networks: [], version: 1 },
        { environment: 'test', networks: ['2001:db8::/48', '203.0.113.0/24'], version: 2 },
      ],
    });
    expect((await from(bank, '203.0.113.200')).status).toBe(200);
    expect((await from(bank, '2001:db8:0:7::1')).status).toBe(200);
    const refused = await from(bank, '198.51.100.9');
    expect(verdict(refused)).toEqual([403, 'address_not_allowed']);
    // What stands before the last proxy that we trust is hearsay.
    expect(verdict(await from(bank, '203.0.113.7, 198.51.100.9'))).toEqual([403, 'address_not_allowed']);
    await put(bin, [], 2);
    expect((await from(bank, '198.51.100.9')).status).toBe(200);
  });

  it('tell nobody about a list who has not proved to be the bank', async () => {
    const bin = await newBank();
    const bank = clientWith(bin, await admin.post(`${PATH}/${bin}/test-keys`, HMAC));
    await put(bin, ['203.0.113.0/24'], 1);
    const stranger = new BankClient(testApp, bin, {
      ...bank.key,
      secret: Buffer.alloc(32).toString('base64'),
    } as never);
    expect(verdict(await from(stranger, '198.51.100.9'))).toEqual([401, 'signature_invalid']);
    const headers = bank.sign({ method: 'GET', path: STALLS });
    const away = { ...headers, 'x-forwarded-for': '198.51.100.9' };
    expect(verdict(await bank.sendAs({ method: 'GET', path: STALLS }, away))).toEqual([403, 'address_not_allowed']);
    const home = { ...headers, 'x-forwarded-for': '203.0.113.9' };
    expect(verdict(await bank.sendAs({ method: 'GET', path: STALLS }, home))).toEqual([401, 'nonce_replayed']);
    expect((await keysOf(bin))[0]?.lastUsedAt).toBeNull();
  });

  it('are changed by whoever has read them last', async () => {
    const bin = await newBank();
    expect(verdict(await put(bin, ['203.0.113.7'], null))).toEqual([428, 'if_match_required']);
    expect((await put(bin, ['203.0.113.7'], 1)).status).toBe(200);
    expect(verdict(await put(bin, [], 1))).toEqual([412, 'version_conflict']);
    expect(verdict(await put(bin, [], 7, 'live'))).toEqual([412, 'version_conflict']);
    expect(verdict(await put('999999', [], 1))).toEqual([422, 'bank_not_found']);
  });

  it.each([
    ['a network as wide as the world', ['0.0.0.0/0']],
    ['a name', ['bank.example.vn']],
    ['an empty line', ['203.0.113.7', '']],
    ['more than 50', Array.from({ length: 51 }, (_, index) => `203.0.113.${index}`)],
    ['text', '203.0.113.7'],
    ['numbers', [7]],
  ])('%s is no list', async (_name, networks) => {
    expect(verdict(await put('970400', networks, 1))).toEqual([422, 'request_invalid']);
  });
});

describe('who may', () => {
  const WRITES = [
    ['POST', `${PATH}/970400/test-keys`, HMAC],
    ['POST', `${PATH}/970400/live-keys`, { ...HMAC, reason: REASON }],
    ['POST', `${PATH}/970400/keys/x/collect`, {}],
    ['POST', `${PATH}/970400/keys/x/suspend`, {}],
    ['POST', `${PATH}/970400/keys/x/resume`, {}],
    ['POST', `${PATH}/970400/keys/x/retire`, {}],
    ['PUT', `${PATH}/970400/addresses/live`, { networks: [] }],
  ] as const;

  it.each([
    ['department_leader', 200],
    ['auditor', 200],
    ['department_officer', 403],
  ] as const)('%s reads: %i, and changes nothing', async (role, status) => {
    const person = await signInAs(testApp, { role });
    expect((await person.get(PATH)).status).toBe(status);
    expect((await person.get(`${PATH}/970400`)).status).toBe(status);
    for (const [method, path, body] of WRITES) {
      expect(verdict(await person.send(method, path, body))).toEqual([403, 'not_permitted']);
    }
  });

  it.each([
    ['commune_officer', { kind: 'communes', codes: ['31510'] }],
    ['market_board', { kind: 'markets', codes: ['92THAT1'] }],
  ] as const)('%s not even reads', async (role, area) => {
    const person = await signInAs(testApp, { role, area });
    expect(verdict(await person.get(PATH))).toEqual([403, 'not_permitted']);
  });

  it('a decision is nobody’s who may not see keys', async () => {
    const bin = await newBank();
    const asked = await admin.post(`${PATH}/${bin}/live-keys`, { ...HMAC, reason: REASON });
    const officer = await signInAs(testApp, {});
    expect([403, 404]).toContain((await decide(officer, idOf(asked))).status);
    expect(await keysOf(bin)).toEqual([]);
  });
});

it('nothing secret is in any row or entry, sealed or not', async () => {
  const bin = await newBank();
  const made = [await admin.post(`${PATH}/${bin}/test-keys`, HMAC), await liveKey(bin)];
  const rows = await testApp.database.read((tx) =>
    sql<{ text: string }>(
      tx,
      `SELECT a::text AS text FROM audit_entries a UNION ALL SELECT a::text FROM approvals a
       UNION ALL SELECT k::text FROM bank_keys k`,
    ),
  );
  for (const { body } of made) {
    const secret = body.secret as unknown as string;
    const forms = [secret, Buffer.from(secret, 'base64').toString('hex')];
    expect(rows.filter(({ text }) => forms.some((form) => text.includes(form)))).toEqual([]);
  }
});
