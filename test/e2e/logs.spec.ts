import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Database, execute, sql } from '../../src/platform/db/database';
import { Operation } from '../../src/platform/http/operation.decorator';
import { Client } from 'pg';
import { confidential, confidentialIn } from '../factories/confidential-values';
import { makeMarket, saveMarket, saveStall } from '../factories/market.factory';
import { TEST_PASSWORD } from '../factories/staff.factory';
import { makeSubmission } from '../factories/submission-lines';
import { saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import { LOG, startTestApp, type TestApp } from './app';
import { BankClient, bankWithKey } from './bank-client';
import { type ConsoleClient, postSignIn, signInAs } from './console-client';
import { idOf, post } from './posting';

const ID = confidential('personal ID', '001099887766');
const PHONE = confidential('phone', '0900112233');
const ACCOUNT = confidential('account', '9990011223344');
const LETTERED = confidential('account', 'VNPAY0912345');
const WRONG_PASSWORD = confidential('password', 'một mật khẩu sai bét');
const LIST = readFileSync(join(__dirname, '..', 'fixtures', 'register', 'vendors-cho-nho.csv'), 'utf8');
const CSV = { 'content-type': 'text/csv' };

const querySchema = z.strictObject({ q: z.string() });

/** Defects as they happen: errors that carry what somebody typed, each in its own way. */
@Controller('api/v1/defects')
class DefectsController {
  constructor(private readonly database: Database) {}

  @Get('row')
  @Operation({ id: 'failOnRow', summary: 'A row that is refused', audience: 'staff', permission: 'self' })
  row(@Query({ schema: querySchema }) { q }: z.infer<typeof querySchema>): Promise<number> {
    const text = `INSERT INTO banks (bin, code, short_name, legal_name, payer_app_scans, name_lookup)
      VALUES ($1, $1, $1, $1, true, true)`;
    return this.database.write((tx) => execute(tx, text, [q]));
  }

  @Get('value')
  @Operation({ id: 'failOnValue', summary: 'A value that is none', audience: 'staff', permission: 'self' })
  value(@Query({ schema: querySchema }) { q }: z.infer<typeof querySchema>): Promise<object[]> {
    return this.database.read((tx) => sql(tx, 'SELECT $1::text::inet', [q]));
  }

  @Get('text')
  @Operation({ id: 'failOnText', summary: 'JSON that is none', audience: 'staff', permission: 'self' })
  text(@Query({ schema: querySchema }) { q }: z.infer<typeof querySchema>): unknown {
    return JSON.parse(`${q} is no JSON`);
  }
}

let testApp: TestApp;
let officer: ConsoleClient;
let admin: ConsoleClient;
let bank: BankClient;
let vendorId: string;
beforeAll(async () => {
  testApp = await startTestApp({ controllers: [DefectsController] });
  officer = await signInAs(testApp);
  admin = await signInAs(testApp, { role: 'system_admin' });
  bank = await bankWithKey(testApp, '970436');
  await testApp.database.write(async (tx) => {
    const stall = await saveStall(tx, await saveMarket(tx, { code: '92ST041' }));
    await saveOccupiedStall(tx, stall, { accountNumber: ACCOUNT });
    vendorId = (await saveVendor(tx, { personalId: ID, phone: PHONE })).id;
  });
  // Every ID, phone and account of the list is as secret as those of the factories.
  for (const number of LIST.match(/\d{9,}/g) ?? []) confidential('number of the list', number);
});
afterAll(() => testApp.stop());

/** What the page behind a one-time link sends, with a password that is too short. */
const postActivation = (link: string): Promise<Response> =>
  fetch(`${testApp.url}/api/v1/auth/activation`, {
    method: 'POST',
    body: JSON.stringify({ token: link.split('#').at(-1), password: 'ngắn' }),
    headers: { 'content-type': 'application/json' },
  });

/** What the log has said since; each part of the story must have left its traces, or nothing was looked at. */
const saidBy = async (story: () => Promise<unknown>): Promise<string> => {
  const before = LOG.lines.length;
  await story();
  return LOG.lines.slice(before).join('\n');
};

const mustBeQuiet = (said: string, ...traces: string[]): void => {
  for (const trace of traces) expect(said).toContain(trace);
  expect(confidentialIn(said)).toEqual([]);
};

it('knows what to look for', () => {
  const line = JSON.stringify({ path: `/api/v1/vendors?q=${encodeURIComponent(WRONG_PASSWORD)}`, msg: ID });
  expect(confidentialIn(line)).toEqual(['personal ID …766', 'password …bét']);
  expect(confidentialIn(officer.cookie)).toEqual([expect.stringMatching(/^cookie/)]);
  expect(confidentialIn(`x ${officer.csrfToken}`)).toEqual([expect.stringMatching(/^csrfToken/)]);
  expect(confidentialIn(JSON.stringify(bank.key))).toEqual([expect.stringMatching(/^bank key/)]);
});

it('signing in, rightly and wrongly', async () => {
  const said = await saidBy(async () => {
    const { email } = officer.staff;
    await postSignIn(testApp.url, { email, password: WRONG_PASSWORD });
    await postSignIn(testApp.url, { email: `${PHONE}@example.vn`, password: TEST_PASSWORD });
    await fetch(`${testApp.url}/api/v1/auth/sign-in`, {
      method: 'POST',
      body: `{"email": "${email}", "password": "${WRONG_PASSWORD}" `,
      headers: { 'content-type': 'application/json' },
    });
    await signInAs(testApp);
    await officer.post('/api/v1/me/password', { currentPassword: WRONG_PASSWORD, newPassword: TEST_PASSWORD });
  });
  mustBeQuiet(said, '/api/v1/auth/sign-in', '"status":401', '"status":400', '"status":200');
});

it('a list with people, good and bad; people looked for by ID, phone and account', async () => {
  const said = await saidBy(async () => {
    await officer.post('/api/v1/markets', makeMarket({ code: 'LOGS01' }));
    await officer.post('/api/v1/markets/LOGS01/imports/vendors', LIST, CSV);
    await officer.post('/api/v1/markets/LOGS01/imports/vendors', LIST.replaceAll('000774', '0007745'), CSV);
    const form = new FormData();
    form.append('file', new Blob([LIST], { type: 'text/csv' }), `${ID}.csv`);
    await fetch(`${testApp.url}/api/v1/markets/LOGS01/imports/vendors`, {
      method: 'POST',
      body: form,
      headers: { cookie: officer.cookie, 'x-csrf-token': officer.csrfToken },
    });
    for (const q of [ID, PHONE, ACCOUNT]) {
      expect((await officer.get(`/api/v1/vendors?q=${q}`)).status).toBe(200);
      await officer.get(`/api/v1/markets/92ST041/stalls?q=${q}`);
      await officer.get(`/api/v1/vendors?cursor=${q}`);
      await officer.get(`/api/v1/vendors/${q}`);
      await officer.get(`/nowhere/${q}?q=${q}`);
    }
    await officer.post('/api/v1/vendors', {
      personalId: ID,
      phone: PHONE,
      taxCode: ID,
      kind: 'individual',
      [PHONE]: 1,
    });
  });
  mustBeQuiet(said, '/imports/vendors', '"path":"/api/v1/vendors"', '/nowhere/…', '"status":404', '"status":422');
});

it('showing an ID, with its reason', async () => {
  const said = await saidBy(async () => {
    const body = { field: 'personal_id', reason: `Đối chiếu số ${ID} trên giấy` };
    expect((await officer.post(`/api/v1/vendors/${vendorId}/reveal`, body)).status).toBe(200);
  });
  mustBeQuiet(said, '/reveal');
});

it('keys of banks, and links that are shown once', async () => {
  const said = await saidBy(async () => {
    const key = await admin.post('/api/v1/bank-clients/970436/test-keys', { alg: 'hmac-sha256' });
    expect(key.status).toBe(201);
    expect(confidentialIn(key.bytes.toString())).not.toEqual([]);
    const link = await admin.post(`/api/v1/staff/${officer.staff.id}/link`, { delivery: 'in_person' });
    expect(confidentialIn(link.bytes.toString())).toEqual([expect.stringMatching(/^link/)]);
    await postActivation(link.body.link as unknown as string);
    await new BankClient(testApp, '970436', key.body as unknown as BankClient['key']).get('/api/v1/bank/stalls');
  });
  mustBeQuiet(said, '/test-keys', '/link', '/auth/activation', '/api/v1/bank/stalls');
});

it('what banks send: unknown accounts, wrong lines, wrong signatures', async () => {
  const said = await saidBy(async () => {
    await post(bank, makeSubmission({ reference: 'LOG-1', lines: [{ account: LETTERED }, { account: ACCOUNT }] }));
    const wrong = makeSubmission({
      reference: 'LOG-2',
      part: 2,
      lines: [{ stall: ACCOUNT }, { account: `${LETTERED}!` }],
    });
    await post(bank, wrong);
    await post(bank, wrong, { query: '?dryRun=true' });
    await post(bank, `${ACCOUNT},${ID}`);
    const secret = Buffer.from(ACCOUNT).toString('base64');
    await post(new BankClient(testApp, '970436', { keyId: bank.key.keyId, alg: 'hmac-sha256', secret }), wrong);
    await bank.get(`/api/v1/bank/submissions/${ACCOUNT}`);
  });
  mustBeQuiet(said, '/api/v1/bank/submissions', '"status":202', '"status":422', '"status":401');
});

it.each(['row', 'value', 'text'])('a defect that holds what somebody typed (%s)', async (defect) => {
  const said = await saidBy(async () => {
    for (const q of [ID, LETTERED, WRONG_PASSWORD]) {
      const answer = await officer.get(`/api/v1/defects/${defect}?q=${encodeURIComponent(q)}`);
      expect(answer.status).toBe(500);
      expect(confidentialIn(answer.bytes.toString())).toEqual([]);
    }
  });
  mustBeQuiet(said, 'unexpected error', '"level":50', `/api/v1/defects/${defect}`);
});

describe('a job that fails on a row', () => {
  let owner: Client;
  beforeAll(async () => {
    owner = new Client({ connectionString: testApp.urls.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE submission_lines ADD CONSTRAINT poison CHECK (amount <> 666)');
  });
  afterAll(async () => {
    await owner.query('ALTER TABLE submission_lines DROP CONSTRAINT poison');
    await owner.end();
  });

  it('says so without the row, in the log and in the queue', async () => {
    const lines = [
      { account: LETTERED, amount: 666 },
      { account: ACCOUNT, amount: 666 },
    ];
    const said = await saidBy(async () => {
      const before = LOG.lines.length;
      const id = idOf(await post(bank, makeSubmission({ reference: 'LOG-3', part: 3, lines })));
      const failed = (): boolean => LOG.lines.slice(before).some((line) => /"outcome":"(retry|dead)"/.test(line));
      const deadline = performance.now() + 20_000;
      while (!failed() && performance.now() < deadline) await bank.get(`/api/v1/bank/submissions/${id}`);
    });
    mustBeQuiet(said, '"job":"process-submission"', 'violates check constraint');
    const kept = await owner.query<{ text: string }>('SELECT j::text AS text FROM bullmq.job j');
    expect(confidentialIn(kept.rows.map(({ text }) => text).join('\n'))).toEqual([]);
  });
});

it('nothing of all this stands in the complete log', () => {
  expect(LOG.lines.length).toBeGreaterThan(50);
  expect(LOG.lines.some((line) => line.includes('"level":10,'))).toBe(true);
  LOG.assertNothingConfidential();
});
