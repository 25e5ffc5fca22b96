import { STAFF_ROLES } from '../../src/kernel/permissions';
import { sql } from '../../src/platform/db/database';
import { saveAccount, saveVendor } from '../factories/vendor.factory';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';

const ID = '000774736035';
const PHONE = '0900003986';
const ACCOUNT = '0011004411223';
const reason = 'Đối chiếu căn cước tại quầy';

let testApp: TestApp;
let officer: ConsoleClient;
let vendorId: string;
let accountId: string;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  officer = await signInAs(testApp);
  [vendorId, accountId] = await testApp.database.write(async (tx) => {
    const vendor = await saveVendor(tx, { personalId: ID, phone: PHONE, taxCode: ID });
    return [vendor.id, (await saveAccount(tx, vendor, { accountNumber: ACCOUNT })).id];
  });
});
afterAll(() => testApp.stop());

const revealVendor = (body: object, client = officer, id = vendorId) =>
  client.post(`/api/v1/vendors/${id}/reveal`, body);
const revealAccount = (body: object, client = officer, id = accountId) =>
  client.post(`/api/v1/accounts/${id}/reveal`, body);

function trail(): Promise<{ actor: string; subject: string; after: object; reason: string }[]> {
  return testApp.database.read((tx) =>
    sql(
      tx,
      `SELECT actor_id AS actor, subject_id AS subject, after, reason FROM audit_entries
       WHERE action = 'personal_data_revealed' ORDER BY id`,
    ),
  );
}

it.each([
  ['personal_id', ID],
  ['tax_code', ID],
  ['phone', PHONE],
])('shows %s in clear, never to be kept, and records who, what and why', async (field, value) => {
  const before = (await trail()).length;
  const answer = await revealVendor({ field, reason });
  expect(answer).toMatchObject({ status: 200, body: { value } });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const entries = (await trail()).slice(before);
  expect(entries).toEqual([{ actor: officer.staff.id, subject: vendorId, after: { field }, reason }]);
});

it('shows an account, whose entry stands with its vendor', async () => {
  expect(await revealAccount({ reason })).toMatchObject({ status: 200, body: { value: ACCOUNT } });
  const entry = (await trail()).at(-1);
  expect(entry).toMatchObject({ subject: vendorId, after: { field: 'account', accountId }, reason });
});

it('keeps the value out of the trail, also when the reason names it', async () => {
  await revealVendor({ field: 'personal_id', reason: `Kiểm tra số ${ID} trên giấy` });
  expect((await trail()).at(-1)).toMatchObject({ reason: 'Kiểm tra số 0007*****035 trên giấy' });
  const rows = await testApp.database.read((tx) =>
    sql<{ row: string }>(tx, `SELECT a::text AS row FROM audit_entries a`),
  );
  expect(rows.map(({ row }) => row).join()).not.toMatch(new RegExp(`${ID}|${PHONE}|${ACCOUNT}`));
});

describe('is refused, and nothing is recorded', () => {
  it.each(STAFF_ROLES.filter((role) => role !== 'department_officer'))('to a %s', async (role) => {
    const client = await signInAs(testApp, { role });
    const before = (await trail()).length;
    for (const answer of [
      await revealVendor({ field: 'phone', reason }, client),
      await revealAccount({ reason }, client),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'not_permitted' } });
    }
    expect(await trail()).toHaveLength(before);
  });

  it.each<[string, object]>([
    ['without a reason', { field: 'phone' }],
    ['for a reason that is none', { field: 'phone', reason: 'vì cần' }],
    ['for a reason of spaces', { field: 'phone', reason: '             ' }],
    ['for a field that is none', { field: 'fullName', reason }],
    ['for two fields at once', { field: ['phone', 'personal_id'], reason }],
    ['with more than is asked', { field: 'phone', reason, silent: true }],
  ])('%s', async (_name, body) => {
    const before = (await trail()).length;
    expect(await revealVendor(body)).toMatchObject({ status: 422 });
    expect(await trail()).toHaveLength(before);
  });

  it('for a vendor or account of another province: there is none', async () => {
    const [foreign, account] = await testApp.database.write(async (tx) => {
      const vendor = await saveVendor(tx, { provinceCode: '01' });
      return [vendor.id, (await saveAccount(tx, vendor)).id];
    });
    const before = (await trail()).length;
    expect(await revealVendor({ field: 'phone', reason }, officer, foreign)).toMatchObject({
      status: 404,
      body: { code: 'vendor_not_found' },
    });
    expect(await revealAccount({ reason }, officer, account)).toMatchObject({
      status: 404,
      body: { code: 'account_not_found' },
    });
    expect(await trail()).toHaveLength(before);
  });

  it('where there is nothing to show', async () => {
    const { id } = await testApp.database.write((tx) => saveVendor(tx, { phone: null }));
    expect(await revealVendor({ field: 'phone', reason }, officer, id)).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_reveal' },
    });
  });
});

it('thirty an hour for each person, also at once; then it says when to come again', async () => {
  const client = await signInAs(testApp);
  const before = (await trail()).length;
  const answers = await Promise.all(Array.from({ length: 33 }, () => revealVendor({ field: 'phone', reason }, client)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
  const refused = answers.filter(({ status }) => status !== 200);
  for (const answer of refused) expect(answer).toMatchObject({ status: 429, body: { code: 'reveal_limit' } });
  expect(refused[0]?.headers.get('retry-after')).toBe('3600');
  expect(await trail()).toHaveLength(before + 30);
  expect(await revealVendor({ field: 'phone', reason })).toMatchObject({ status: 200 });
});

it('wants a fresh proof of who asks', async () => {
  testApp.clock.advanceMs(11 * 60_000);
  const answer = await revealVendor({ field: 'phone', reason });
  expect(answer.status).toBe(403);
  expect(answer.body.code).toBe('step_up_required');
});

it('what is masked is not found out by trying: sixty that nobody has, and the search waits', async () => {
  const auditor = await signInAs(testApp, { role: 'auditor' });
  const lookUp = (q: string, by = auditor) => by.get(`/api/v1/vendors?q=${q}`);
  const tried: number[] = [];
  for (let i = 0; i < 60; i += 1) tried.push((await lookUp(`08${String(i).padStart(5, '0')}986`)).status);
  expect(new Set(tried)).toEqual(new Set([200]));
  const refused = await lookUp(PHONE);
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
    429,
    'lookup_limit',
    '3600',
  ]);
  expect((await lookUp('Nguyễn')).status).toBe(200);
  expect((await lookUp(PHONE, officer)).body).toMatchObject({ total: 1 });
  testApp.clock.advanceMs(3_600_000);
  const again = await signInAs(testApp, { role: 'auditor' });
  for (let i = 0; i < 3; i += 1) expect((await lookUp(ID, again)).body).toMatchObject({ total: 1 });
});
