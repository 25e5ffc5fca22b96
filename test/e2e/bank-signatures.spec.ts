import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BankKeyService } from '../../src/banks/bank-key.service';
import { DigestCheck } from '../../src/banks/bank-signature.digest';
import { CallingBank } from '../../src/banks/bank-signature.guard';
import { BankNonceSweeper } from '../../src/banks/bank-nonce.sweeper';
import type { SignedBank } from '../../src/banks/bank-signature.types';
import { sql } from '../../src/platform/db/database';
import { currentActor, runAs } from '../../src/platform/actor';
import { Operation } from '../../src/platform/http/operation.decorator';
import type { Answer } from './answers';
import { PUBLIC_URL, startTestApp, type TestApp } from './app';
import { type BankClient, type BankSending, bankWithKey } from './bank-client';

/** What a receiver does: streams, and lets nothing count before the digest matched. */
@Controller('api/v1/probe')
class ProbeController {
  @Get()
  @Operation({ id: 'probeGet', summary: 'Probe', audience: 'bank' })
  read(@CallingBank() { bin, keyId }: SignedBank): object {
    return { bin, keyId, actor: currentActor().kind };
  }

  @Post()
  @Operation({
    id: 'probePost',
    summary: 'Probe',
    audience: 'bank',
    streams: { 'text/csv': { schema: z.string(), example: 'H,1' } },
  })
  async take(@CallingBank() bank: Required<SignedBank>, @Req() request: FastifyRequest): Promise<object> {
    const check = new DigestCheck(bank.contentSha256);
    let bytes = 0;
    for await (const chunk of request.body as AsyncIterable<Buffer>) {
      check.update(chunk);
      bytes += chunk.length;
    }
    check.verify();
    return { bin: bank.bin, key: bank.idempotencyKey, bytes, actor: currentActor().id };
  }
}

const POST: BankSending = { path: '/api/v1/probe?part=2', body: 'H,1,970436\nT,0,0,0,0,0\n', contentType: 'text/csv' };
const GET: BankSending = { method: 'GET', path: '/api/v1/probe' };

let testApp: TestApp;
let vcb: BankClient;
let icb: BankClient;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false, controllers: [ProbeController] });
  vcb = await bankWithKey(testApp, '970436');
  icb = await bankWithKey(testApp, '970415', 'ed25519');
});
afterAll(() => testApp.stop());

const verdict = ({ status, body }: Answer): unknown => [status, body.code];
const withKeys = <T>(work: (keys: BankKeyService) => T): T =>
  runAs({ kind: 'cli', id: 'test' }, () => work(testApp.app.get(BankKeyService, { strict: false })));

describe('a good signature', () => {
  it.each([
    ['hmac-sha256', () => vcb],
    ['ed25519', () => icb],
  ])('with %s', async (_alg, bank) => {
    const { bin, key } = bank();
    expect((await bank().send(GET)).body).toEqual({ bin, keyId: key.keyId, actor: 'bank' });
    const answer = await bank().send({ ...POST, idempotencyKey: 'k-1' });
    expect([answer.status, answer.body]).toEqual([200, { bin, key: 'k-1', bytes: 23, actor: bin }]);
  });

  it('beside headers that nobody signed', async () => {
    const headers = vcb.sign(GET);
    expect((await vcb.sendAs(GET, { ...headers, 'x-request-id': 'abc' })).status).toBe(200);
  });
});

describe('each covered part altered in turn', () => {
  const other = Buffer.from('x'.repeat(32)).toString('base64');
  const change = (
    headers: Record<string, string>,
    [name, from, to]: readonly [name: string, from: RegExp, to: string],
  ): Record<string, string> => {
    const changed = headers[name]?.replace(from, to) ?? '';
    if (changed === headers[name]) throw new Error(`${name} was not altered`);
    return { ...headers, [name]: changed };
  };

  it.each([
    ['the path', { path: '/api/v1/bank/submissions?part=2' }, null, 401, 'signature_invalid'],
    ['the query', { path: '/api/v1/probe?part=3' }, null, 401, 'signature_invalid'],
    ['a query added', { path: '/api/v1/probe?part=2&dryRun=true' }, null, 401, 'signature_invalid'],
    ['the query’s spelling', { path: '/api/v1/probe?part=%32' }, null, 401, 'signature_invalid'],
    ['the content type', {}, ['content-type', /csv/, 'csv; header=absent'], 401, 'signature_invalid'],
    ['the digest', {}, ['content-digest', /:.*:/, `:${other}:`], 401, 'signature_invalid'],
    ['the idempotency key', {}, ['idempotency-key', /$/, '0'], 401, 'signature_invalid'],
    ['created', {}, ['signature-input', /created=(\d+)\d/, 'created=$12'], 401, 'signature_invalid'],
    ['expires', {}, ['signature-input', /expires=(\d+)\d/, 'expires=$11'], 401, 'signature_lifetime_too_long'],
    ['the nonce', {}, ['signature-input', /nonce="/, 'nonce="x'], 401, 'signature_invalid'],
    ['the key’s id', {}, ['signature-input', /keyid="/, 'keyid="x'], 401, 'key_unknown'],
    ['the algorithm', {}, ['signature-input', /hmac-sha256/, 'ed25519'], 401, 'algorithm_mismatch'],
    ['the algorithm left out', {}, ['signature-input', /;alg="hmac-sha256"/, ''], 401, 'signature_invalid'],
    [
      'the order of parts',
      {},
      ['signature-input', /"@method" "@target-uri"/, '"@target-uri" "@method"'],
      401,
      'signature_invalid',
    ],
    ['a part left out', {}, ['signature-input', / "content-digest"/, ''], 401, 'signature_components_missing'],
    ['a part added', {}, ['signature-input', /"@method"/, '"@method" "accept"'], 401, 'signature_invalid'],
    [
      'a part added that is not there',
      {},
      ['signature-input', /"@method"/, '"@method" "x-none"'],
      401,
      'signature_invalid',
    ],
    ['the signature', {}, ['signature', /:.*:/, `:${other}:`], 401, 'signature_invalid'],
    ['the signature cut', {}, ['signature', /:.*:/, ':AAAA:'], 401, 'signature_invalid'],
    ['the signature emptied', {}, ['signature', /:.*:/, '::'], 401, 'signature_invalid'],
    ['the digest’s header removed', {}, ['content-digest', /.*/, ''], 400, 'content_digest_missing'],
    ['the key’s header removed', {}, ['idempotency-key', /.*/, ''], 400, 'idempotency_key_missing'],
  ] as const)('%s', async (_name, sending, alteration, status, code) => {
    const headers = vcb.sign(POST);
    const sent = alteration ? change(headers, alteration) : headers;
    expect(verdict(await vcb.sendAs({ ...POST, ...sending }, sent))).toEqual([status, code]);
  });

  it('the method: what was signed for GET is not good for POST', async () => {
    expect(verdict(await vcb.sendAs(POST, { ...vcb.sign(GET), 'content-type': 'text/csv' }))).toEqual([
      401,
      'signature_components_missing',
    ]);
  });

  it('the body: one byte', async () => {
    const body = 'H,1,970437\nT,0,0,0,0,0\n';
    expect(verdict(await vcb.sendAs({ ...POST, body }, vcb.sign(POST)))).toEqual([422, 'content_digest_mismatch']);
  });

  it('the host: signed for another one, whatever Host and X-Forwarded-Host say', async () => {
    const signed = { url: 'http://evil.example/api/v1/probe' };
    const headers = { ...vcb.sign({ ...GET, signed }), 'x-forwarded-host': 'evil.example' };
    expect(verdict(await vcb.sendAs(GET, headers))).toEqual([401, 'signature_invalid']);
    const https = { url: `${PUBLIC_URL.replace('http:', 'https:')}/api/v1/probe` };
    expect(verdict(await vcb.send({ ...GET, signed: https }))).toEqual([401, 'signature_invalid']);
  });
});

describe('time', () => {
  const at = (seconds: number): Date => new Date(testApp.clock.now().getTime() + seconds * 1_000);
  it.each([
    ['expired a second ago', -301, 300, 'signature_expired'],
    ['from yesterday', -86_400, 300, 'signature_expired'],
    ['61 s in the future', 61, 300, 'signature_not_yet_valid'],
    ['good for six minutes', 0, 360, 'signature_lifetime_too_long'],
    ['a clock 60 s ahead', 60, 300, undefined],
    ['a clock 4 minutes behind', -240, 300, undefined],
  ])('%s', async (_name, offset, lifetimeSeconds, code) => {
    const answer = await vcb.send({ ...GET, signed: { now: at(offset), lifetimeSeconds } });
    expect(verdict(answer)).toEqual([code ? 401 : 200, code]);
  });
});

describe('a nonce is good once', () => {
  it('not for the same request again, and not for another one', async () => {
    const headers = vcb.sign({ ...GET, signed: { nonce: 'n-1' } });
    expect((await vcb.sendAs(GET, headers)).status).toBe(200);
    expect(verdict(await vcb.sendAs(GET, headers))).toEqual([401, 'nonce_replayed']);
    expect(verdict(await vcb.send({ ...POST, signed: { nonce: 'n-1' } }))).toEqual([401, 'nonce_replayed']);
  });

  it('of twenty at the same time one passes', async () => {
    const headers = vcb.sign(GET);
    const answers = await Promise.all(Array.from({ length: 20 }, () => vcb.sendAs(GET, headers)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => (body.code as unknown) === 'nonce_replayed')).toHaveLength(19);
  });

  it('another bank may have the same one', async () => {
    const signed = { nonce: 'n-2' };
    expect((await vcb.send({ ...GET, signed })).status).toBe(200);
    expect((await icb.send({ ...GET, signed })).status).toBe(200);
  });

  it('is not used up by a stranger who has seen it', async () => {
    const headers = vcb.sign(GET);
    const forged = { ...headers, signature: `sig=:${Buffer.alloc(32).toString('base64')}:` };
    expect(verdict(await vcb.sendAs(GET, forged))).toEqual([401, 'signature_invalid']);
    expect((await vcb.sendAs(GET, headers)).status).toBe(200);
  });

  it('is used up by a request that was refused later: the recording is worth nothing', async () => {
    const headers = vcb.sign(POST);
    expect(verdict(await vcb.sendAs({ ...POST, body: 'x' }, headers))).toEqual([422, 'content_digest_mismatch']);
    expect(verdict(await vcb.sendAs(POST, headers))).toEqual([401, 'nonce_replayed']);
  });

  it('is forgotten only long after its signature has expired', async () => {
    const sweeper = testApp.app.get(BankNonceSweeper, { strict: false });
    const headers = vcb.sign({ ...GET, signed: { nonce: 'n-3' } });
    await vcb.sendAs(GET, headers);
    const held = () =>
      testApp.database.read((tx) =>
        sql(tx, `SELECT FROM bank_nonces WHERE key_id = $1 AND nonce = 'n-3'`, [vcb.key.keyId]),
      );
    testApp.clock.advanceMs(2 * 3_600_000);
    await sweeper.sweep();
    expect(await held()).toHaveLength(1);
    expect(verdict(await vcb.sendAs(GET, headers))).toEqual([401, 'signature_expired']);
    testApp.clock.advanceMs(2 * 3_600_000);
    await sweeper.sweep();
    expect(await held()).toHaveLength(0);
  });
});

describe('keys', () => {
  it('of another bank signs for that bank, never for this one', async () => {
    const claimed = { ...icb.key, keyId: vcb.key.keyId };
    expect(verdict(await icb.send({ ...GET, signed: { key: claimed } }))).toEqual([401, 'algorithm_mismatch']);
    const tcb = await bankWithKey(testApp, '970407');
    const stolen = { ...tcb.key, keyId: vcb.key.keyId };
    expect(verdict(await tcb.send({ ...GET, signed: { key: stolen } }))).toEqual([401, 'signature_invalid']);
    expect((await tcb.send(GET)).body.bin).toBe('970407');
  });

  it('unknown', async () => {
    expect(verdict(await vcb.send({ ...GET, signed: { key: { ...vcb.key, keyId: 'nobody' } } }))).toEqual([
      401,
      'key_unknown',
    ]);
  });

  it('two live ones for a change without a gap, not three', async () => {
    const first = await bankWithKey(testApp, '970422');
    const second = await bankWithKey(testApp, '970422', 'ed25519');
    expect((await first.send(GET)).status).toBe(200);
    expect((await second.send(GET)).status).toBe(200);
    await expect(bankWithKey(testApp, '970422')).rejects.toMatchObject({ code: 'bank_key_limit' });
    await withKeys((keys) => keys.move(first.key.keyId, 'retired'));
    expect(verdict(await first.send(GET))).toEqual([403, 'key_suspended']);
    expect((await (await bankWithKey(testApp, '970422')).send(GET)).status).toBe(200);
  });

  it('of three made at once, two come to be', async () => {
    await bankWithKey(testApp, '970418').then(({ key }) => withKeys((keys) => keys.move(key.keyId, 'retired')));
    const made = await withKeys((keys) =>
      Promise.allSettled([1, 2, 3].map(() => keys.create('970418', 'hmac-sha256'))),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });

  it('suspended: refused, its nonce used up; resumed: good again; retired: for ever', async () => {
    const bank = await bankWithKey(testApp, '970423');
    const { keyId } = bank.key;
    await withKeys((keys) => keys.move(keyId, 'suspended'));
    const headers = bank.sign(GET);
    expect(verdict(await bank.sendAs(GET, headers))).toEqual([403, 'key_suspended']);
    await withKeys((keys) => keys.move(keyId, 'active'));
    expect(verdict(await bank.sendAs(GET, headers))).toEqual([401, 'nonce_replayed']);
    expect((await bank.send(GET)).status).toBe(200);
    await withKeys((keys) => keys.move(keyId, 'retired'));
    await expect(withKeys((keys) => keys.move(keyId, 'active'))).rejects.toMatchObject({ code: 'bank_key_state' });
  });

  it('only for listed institutions, and only moved where they are', async () => {
    await expect(withKeys((keys) => keys.create('000000', 'ed25519'))).rejects.toMatchObject({
      code: 'bank_not_found',
    });
    await expect(withKeys((keys) => keys.move('nobody', 'retired'))).rejects.toMatchObject({
      code: 'bank_key_not_found',
    });
  });

  it('are kept sealed or public, and stand in no audit entry', async () => {
    const secrets = [vcb.key, icb.key].map((key) =>
      key.alg === 'hmac-sha256'
        ? Buffer.from(key.secret, 'base64')
        : Buffer.from(key.privateKey.split('\n')[1] ?? '', 'base64').subarray(-32),
    );
    const rows = await testApp.database.read((tx) =>
      sql<{ material: Buffer }>(
        tx,
        `SELECT material FROM bank_keys UNION ALL SELECT convert_to(a::text, 'UTF8') FROM audit_entries a`,
      ),
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const secret of secrets) {
      expect(secret).toHaveLength(32);
      const forms = [secret, Buffer.from(secret.toString('base64')), Buffer.from(secret.toString('hex'))];
      expect(rows.filter(({ material }) => forms.some((form) => material.includes(form)))).toEqual([]);
    }
  });

  it('are listed without their material', async () => {
    const [key] = await withKeys((keys) => keys.listOf('970436'));
    expect(Object.keys(key ?? {}).sort()).not.toContain('material');
  });
});

it.each([
  ['nothing', {}, 'signature_missing'],
  ['only Signature', { signature: 'sig=:AAAA:' }, 'signature_missing'],
  ['a cavage-style header', { authorization: 'Signature keyId="x"' }, 'signature_missing'],
  ['rubbish', { signature: '\u00ff', 'signature-input': ';;;' }, 'signature_malformed'],
  [
    '10 000 characters of rubbish',
    { signature: 'a'.repeat(5_000), 'signature-input': '('.repeat(5_000) },
    'signature_malformed',
  ],
])('a request with %s is refused', async (_name, headers, code) => {
  expect(verdict(await vcb.sendAs(GET, headers as Record<string, string>))).toEqual([401, code]);
});

it('refusals are problem documents in the language that was asked for', async () => {
  const english = await vcb.sendAs(GET, { 'accept-language': 'en' });
  expect(english.headers.get('content-type')).toContain('application/problem+json');
  expect(english.body.detail).toBe('The request is not signed: Signature or Signature-Input is missing.');
  expect((await vcb.sendAs(GET, {})).body.detail).toContain('chưa được ký');
});
