import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedReferenceData } from '../../src/reference-data';
import { makeMarket } from '../factories/market.factory';
import { answerOf, type Json } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';

/** Loading the units takes a second, on a busy machine some more. */
jest.setTimeout(30_000);

const FIXTURES = join(__dirname, '..', 'fixtures', 'register');
const MARKETS = readFileSync(join(FIXTURES, 'markets.csv'), 'utf8');
const VENDORS = readFileSync(join(FIXTURES, 'vendors-cho-nho.csv'), 'utf8');

let testApp: TestApp;
let officer: ConsoleClient;
let colleague: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await seedReferenceData(testApp.app);
  officer = await signInAs(testApp);
  colleague = await signInAs(testApp);
});
afterAll(() => testApp.stop());

const CSV = { 'content-type': 'text/csv' };
const upload = (path: string, text: string, fileName = 'list.csv') => {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/csv' }), fileName);
  const { cookie, csrfToken } = officer;
  return fetch(testApp.url + path, { method: 'POST', body: form, headers: { cookie, 'x-csrf-token': csrfToken } });
};
const uploaded = async (path: string, text: string, fileName?: string) => answerOf(await upload(path, text, fileName));
const text = (value: Json | undefined) => value as unknown as string;

describe('lists handed over', () => {
  it('markets: checked first, then registered, then known', async () => {
    const dryRun = await officer.post('/api/v1/imports/markets?dryRun=true', MARKETS, CSV);
    expect(dryRun).toMatchObject({ status: 200, body: { dryRun: true, registered: 124, ok: 124 } });
    expect((await officer.get('/api/v1/markets')).body).toMatchObject({ total: 0 });
    const kept = await uploaded('/api/v1/imports/markets', MARKETS, 'chợ.csv');
    expect(kept).toMatchObject({ status: 200, body: { fileName: 'chợ.csv', registered: 124, problems: [] } });
    const again = await officer.post('/api/v1/imports/markets', MARKETS, CSV);
    expect(again.body).toMatchObject({ registered: 0, unchanged: 124 });
  });

  it('vendors: problems are told in the reader’s language', async () => {
    const path = '/api/v1/markets/92ST041/imports/vendors';
    expect((await uploaded(path, VENDORS)).body).toMatchObject({ rows: 45, registered: 45, ok: 45 });
    const wrong = VENDORS.replace('000774736035', '00077473603');
    const report = await officer.post(path, wrong, { ...CSV, 'accept-language': 'en' });
    expect(report.body).toMatchObject({
      error: 1,
      problems: [
        { row: 2, cell: 'C2', code: 'id_length', message: 'The ID must have exactly 12 digits.', value: '****' },
      ],
    });
  });

  it.each<[string, string, Record<string, string>, string, number, string]>([
    ['nothing', '/api/v1/imports/markets', CSV, '', 422, 'list_empty'],
    ['JSON', '/api/v1/imports/markets', {}, '{}', 415, 'content_type_not_supported'],
    ['other columns', '/api/v1/imports/markets', CSV, 'a;b\n1;2', 422, 'list_header_missing'],
    ['a workbook', '/api/v1/imports/markets', CSV, 'PK\u0003\u0004', 415, 'list_format_not_supported'],
    ['a market that is not there', '/api/v1/markets/NOPE/imports/vendors', CSV, VENDORS, 404, 'market_not_found'],
    ['an unknown parameter', '/api/v1/imports/markets?force=1', CSV, MARKETS, 422, 'request_invalid'],
  ])('%s is refused', async (_name, path, headers, body, status, code) => {
    expect(problemOf(await officer.post(path, body, headers))).toEqual({ status, code });
  });
});

describe('markets', () => {
  it('are registered, read with an ETag, changed by If-Match', async () => {
    const input = makeMarket({ code: 'E2E1', name: 'Chợ Bông Súng' });
    const created = await officer.post('/api/v1/markets', input);
    expect(created).toMatchObject({ status: 201, body: { ...input, communeName: 'Phường Phú Lợi', version: 1 } });
    expect(created.headers.get('etag')).toBe('"1"');
    const change = { operatingPoints: 260 };
    expect(problemOf(await officer.send('PATCH', '/api/v1/markets/E2E1', change))).toEqual({
      status: 428,
      code: 'if_match_required',
    });
    const changed = await officer.patch('/api/v1/markets/E2E1', change, 1);
    expect(changed).toMatchObject({ status: 200, body: { operatingPoints: 260, name: input.name, version: 2 } });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(problemOf(await colleague.patch('/api/v1/markets/E2E1', change, 1))).toEqual({
      status: 412,
      code: 'version_conflict',
    });
    expect(problemOf(await officer.post('/api/v1/markets', input))).toEqual({ status: 409, code: 'market_code_taken' });
  });

  it.each<[string, object, string[]]>([
    ['an unknown property', { ...makeMarket(), admin: true }, ['/admin unknown_property']],
    ['a blank name', makeMarket({ name: ' \u200B ' }), ['/name too_small']],
    ['10 000 characters', makeMarket({ name: 'x'.repeat(10_000) }), ['/name too_big']],
    ['a lone surrogate', makeMarket({ name: 'a\uD800' }), ['/name invalid_text']],
    ['half a point', makeMarket({ plannedPoints: 1.5 }), ['/plannedPoints wrong_type']],
    ['a day that does not exist', { ...makeMarket(), classDecisionOn: '2026-02-30' }, ['/classDecisionOn invalid']],
    ['no code', { ...makeMarket(), code: undefined }, ['/code required']],
  ])('are refused with %s', async (_name, input, fields) => {
    const refused = await officer.post('/api/v1/markets', input);
    expect(problemOf(refused)).toEqual({ status: 422, code: 'request_invalid' });
    expect(fieldsOf(refused)).toEqual(fields);
  });

  it.each(['<b>Chợ</b>', '=HYPERLINK("http://x")', '{{7*7}} ${1}', "'); DROP TABLE markets;--", 'Chợ 🍜'])(
    'keep the name %s as it is',
    async (name) => {
      const created = await officer.post('/api/v1/markets', makeMarket({ name }));
      expect(created.body.name).toBe(name);
    },
  );

  it('are found without accents, filtered and paged', async () => {
    const found = await officer.get('/api/v1/markets?q=cho%20bong%20sen&limit=1');
    expect(found.body).toMatchObject({
      items: [{ code: '92ST001', name: 'Chợ Bông Sen' }],
      total: 1,
      nextCursor: null,
    });
    const page = await officer.get('/api/v1/markets?class=1&limit=3');
    expect(page.body).toMatchObject({ total: 10 });
    const next = await officer.get(`/api/v1/markets?class=1&limit=200&cursor=${text(page.body.nextCursor)}`);
    expect((next.body.items as unknown as unknown[]).length).toBe(7);
  });

  it.each([
    ['limit=0', 'request_invalid', 422],
    ['limit=100000', 'request_invalid', 422],
    ['sort=name', 'request_invalid', 422],
    ['state=gone', 'request_invalid', 422],
    ['cursor=xx', 'cursor_invalid', 400],
    ['q=a&q=b', 'request_invalid', 422],
  ])('are not listed with %s', async (query, code, status) => {
    expect(problemOf(await officer.get(`/api/v1/markets?${query}`))).toEqual({ status, code });
  });

  it('move only to communes that exist', async () => {
    const created = await officer.post('/api/v1/markets', makeMarket());
    const moved = await officer.patch(`/api/v1/markets/${text(created.body.code)}`, { communeCode: '00000' }, 1);
    expect(problemOf(moved)).toEqual({ status: 422, code: 'commune_unknown' });
  });

  it('have zones and stalls', async () => {
    const created = await officer.post('/api/v1/markets', makeMarket());
    const path = `/api/v1/markets/${text(created.body.code)}`;
    const zone = await officer.post(`${path}/zones`, { name: 'Nhà lồng A' });
    expect(zone).toMatchObject({ status: 201, body: { name: 'Nhà lồng A', ordinal: 1 } });
    expect(problemOf(await officer.post(`${path}/zones`, { name: 'Nhà lồng A' }))).toEqual({
      status: 409,
      code: 'zone_name_taken',
    });
    const stall = await officer.post(`${path}/stalls`, { number: 'ô12a', zoneId: text(zone.body.id) });
    expect(stall).toMatchObject({
      status: 201,
      body: { number: 'ô 12A', zoneName: 'Nhà lồng A', vendor: null, version: 1 },
    });
    const stallPath = `/api/v1/stalls/${text(stall.body.code)}`;
    expect(await officer.patch(stallPath, { soundbox: true }, 1)).toMatchObject({
      status: 200,
      body: { soundbox: true },
    });
    expect(problemOf(await officer.patch(stallPath, { soundbox: false }, 1))).toEqual({
      status: 412,
      code: 'version_conflict',
    });
    expect((await officer.get(`${path}/zones`)).body).toMatchObject([{ stallCount: 1 }]);
    expect((await officer.get(`${path}/stalls?q=12a`)).body).toMatchObject({ total: 1 });
    expect(problemOf(await officer.get('/api/v1/stalls/CHO00000001'))).toEqual({
      status: 422,
      code: 'request_invalid',
    });
  });
});

describe('vendors', () => {
  const input = { fullName: 'Lý Thị Nguyệt', personalId: '000111222333', phone: '0900000111' };

  it('are registered, approved by another person, and take a stall with an account', async () => {
    const vendor = await officer.post('/api/v1/vendors', input);
    expect(vendor).toMatchObject({
      status: 201,
      body: { state: 'draft', personalIdMasked: '0001*****333', phoneMasked: '090****111' },
    });
    expect(vendor.bytes.toString()).not.toMatch(/000111222333|0900000111/);
    const path = `/api/v1/vendors/${text(vendor.body.id)}`;
    expect(await officer.post(`${path}/submit`)).toMatchObject({ status: 200, body: { state: 'submitted' } });
    expect(problemOf(await officer.post(`${path}/approve`))).toEqual({ status: 409, code: 'same_person' });
    expect(await colleague.post(`${path}/approve`)).toMatchObject({ status: 200, body: { state: 'approved' } });
    const stall = await officer.post('/api/v1/markets/92ST002/stalls', { number: 'Ô 1', openedOn: '2026-01-01' });
    const stallPath = `/api/v1/stalls/${text(stall.body.code)}`;
    const lease = { vendorId: text(vendor.body.id), fromDay: '2026-01-01' };
    expect(await officer.post(`${stallPath}/leases`, lease)).toMatchObject({ status: 201, body: { toDay: null } });
    expect(problemOf(await officer.post(`${stallPath}/leases`, lease))).toEqual({ status: 409, code: 'lease_overlap' });
    const account = await officer.post(`${path}/accounts`, {
      bankBin: '970436',
      accountNumber: '0011 0044 11223',
      holderName: 'LY THI NGUYET',
    });
    expect(account).toMatchObject({ status: 201, body: { accountMasked: '****1223', verified: false, attention: [] } });
    const assigned = await officer.post(`${stallPath}/payout-assignments`, {
      accountId: text(account.body.id),
      fromDay: '2026-01-01',
    });
    expect(assigned).toMatchObject({ status: 201, body: { account: { accountMasked: '****1223', verified: false } } });
    const verified = await officer.post('/api/v1/markets/92ST002/account-verifications', { how: 'bank_reply' });
    expect(verified).toMatchObject({ status: 200, body: { verified: 1 } });
    expect((await officer.get(path)).body).toMatchObject({
      leases: [{ stallNumber: 'Ô 1', marketCode: '92ST002' }],
      accounts: [{ verified: true, verifiedHow: 'bank_reply' }],
    });
    expect((await officer.get('/api/v1/markets/92ST002')).body).toMatchObject({
      counts: { stalls: 1, occupied: 1, withVerifiedAccount: 1, withQr: 0 },
    });
  });

  it('are changed by If-Match, returned, suspended, and cease when they hold no stall', async () => {
    const vendor = await officer.post('/api/v1/vendors', { fullName: 'Trần Văn Vòng' });
    const path = `/api/v1/vendors/${text(vendor.body.id)}`;
    expect(await officer.patch(path, { phone: '0900000222' }, 1)).toMatchObject({
      status: 200,
      body: { phoneMasked: '090****222', version: 2 },
    });
    expect(problemOf(await officer.patch(path, { phone: null }, 1))).toEqual({ status: 412, code: 'version_conflict' });
    const steps: [ConsoleClient, string, object, string][] = [
      [officer, 'submit', {}, 'submitted'],
      [officer, 'return', { reason: 'Thiếu địa chỉ' }, 'returned'],
      [officer, 'submit', {}, 'submitted'],
      [colleague, 'approve', {}, 'approved'],
      [officer, 'suspend', { reason: 'Tạm nghỉ' }, 'suspended'],
      [officer, 'approve', {}, 'approved'],
    ];
    for (const [client, step, body, state] of steps) {
      expect(await client.post(`${path}/${step}`, body)).toMatchObject({ status: 200, body: { state } });
    }
    expect(problemOf(await officer.post(`${path}/return`, {}))).toEqual({ status: 422, code: 'request_invalid' });
    expect(problemOf(await officer.post(`${path}/submit`))).toEqual({ status: 409, code: 'vendor_cannot_move' });
    const stall = await officer.post('/api/v1/markets/92ST003/stalls', { number: 'Ô 7', openedOn: '2026-01-01' });
    const stallPath = `/api/v1/stalls/${text(stall.body.code)}`;
    const lease = await officer.post(`${stallPath}/leases`, { vendorId: text(vendor.body.id), fromDay: '2026-02-01' });
    expect(problemOf(await officer.post(`${path}/cease`, { reason: 'Nghỉ' }))).toEqual({
      status: 409,
      code: 'vendor_holds_stalls',
    });
    const end = (toDay: string) => officer.post(`/api/v1/leases/${text(lease.body.id)}/end`, { toDay });
    expect(problemOf(await end('2026-01-31'))).toEqual({ status: 422, code: 'period_reversed' });
    expect(await end('2026-11-21')).toMatchObject({ status: 200, body: { toDay: '2026-11-21' } });
    expect(await officer.post(`${path}/cease`, { reason: 'Nghỉ' })).toMatchObject({ body: { state: 'ceased' } });
    const closed = await officer.patch(stallPath, { state: 'closed' }, 1);
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed', closedOn: '2026-11-22' } });
    expect(problemOf(await officer.patch(stallPath, { soundbox: true }, 2))).toEqual({
      status: 409,
      code: 'stall_closed',
    });
  });

  it('have accounts verified one by one, and rejected records stay so', async () => {
    const vendor = await officer.post('/api/v1/vendors', { fullName: 'Kim Sà Rươl', householdName: 'HKD Ba Rô' });
    const path = `/api/v1/vendors/${text(vendor.body.id)}`;
    const account = { bankBin: '971025', accountNumber: '0900000333', holderName: 'KIM SA RUOL', kind: 'wallet' };
    const added = await officer.post(`${path}/accounts`, account);
    expect(added).toMatchObject({ status: 201, body: { attention: ['holder_lacks_registered_name'], kind: 'wallet' } });
    expect(problemOf(await officer.post(`${path}/accounts`, account))).toEqual({ status: 409, code: 'account_known' });
    const verification = `/api/v1/accounts/${text(added.body.id)}/verification`;
    expect(await officer.post(verification, { how: 'app_scan' })).toMatchObject({ body: { verified: true } });
    expect(problemOf(await officer.post(verification, { how: 'paper' }))).toEqual({
      status: 409,
      code: 'account_verified',
    });
    await officer.post(`${path}/submit`);
    expect(problemOf(await officer.post(`${path}/reject`, { reason: 'x' }))).toEqual({
      status: 409,
      code: 'same_person',
    });
    expect(await colleague.post(`${path}/reject`, { reason: 'x' })).toMatchObject({ body: { state: 'rejected' } });
    expect(problemOf(await officer.post(`${path}/accounts`, { ...account, accountNumber: '0900000444' }))).toEqual({
      status: 409,
      code: 'vendor_not_active',
    });
  });

  it('consent and take it back', async () => {
    const vendor = await officer.post('/api/v1/vendors', { fullName: 'Đồng Ý' });
    const consent = { purpose: 'stall_figures', textVersion: '2026-01', givenHow: 'form' };
    const given = await officer.post(`/api/v1/vendors/${text(vendor.body.id)}/consents`, consent);
    expect(given).toMatchObject({ status: 201, body: { purpose: 'stall_figures', withdrawnAt: null } });
    const path = `/api/v1/consents/${text(given.body.id)}/withdrawal`;
    expect((await officer.post(path)).status).toBe(200);
    expect(problemOf(await officer.post(path))).toEqual({ status: 409, code: 'consent_withdrawn' });
  });

  it.each<[string, object, string[]]>([
    ['an ID of 11 digits', { ...input, personalId: '00011122233' }, ['/personalId invalid']],
    ['an ID in full-width digits', { ...input, personalId: '０００１１１２２２３３３' }, ['/personalId invalid']],
    ['a phone with +84', { ...input, phone: '+84900000111' }, ['/phone invalid']],
    ['no name', { personalId: '000111222334' }, ['/fullName required']],
    ['an unknown property', { ...input, ethnicity: 'x' }, ['/ethnicity unknown_property']],
  ])('are refused with %s', async (_name, body, fields) => {
    const refused = await officer.post('/api/v1/vendors', body);
    expect(problemOf(refused)).toEqual({ status: 422, code: 'request_invalid' });
    expect(fieldsOf(refused)).toEqual(fields);
  });

  it.each([
    ['GET', '/api/v1/vendors/undefined', 422, 'request_invalid'],
    ['GET', '/api/v1/vendors/019a0000-0000-7000-8000-00000000ffff', 404, 'vendor_not_found'],
    ['POST', '/api/v1/leases/019a0000-0000-7000-8000-00000000ffff/end', 422, 'request_invalid'],
    ['POST', '/api/v1/accounts/019a0000-0000-7000-8000-00000000ffff/verification', 422, 'request_invalid'],
    ['POST', '/api/v1/consents/019a0000-0000-7000-8000-00000000ffff/withdrawal', 404, 'consent_not_found'],
  ])('%s %s answers %s %s', async (method, path, status, code) => {
    expect(problemOf(await officer.send(method, path, method === 'GET' ? undefined : {}))).toEqual({ status, code });
  });

  it('are listed masked, in Vietnamese order, by market', async () => {
    const list = await officer.get('/api/v1/vendors?marketCode=92ST041&limit=200');
    expect(list.body).toMatchObject({ total: 45 });
    expect(list.bytes.toString()).not.toMatch(/"0{3}\d{9}"|"09\d{8}"/);
    const names = (list.body.items as unknown as { fullName: string }[]).map((vendor) => vendor.fullName);
    expect(names).toEqual([...names].sort(new Intl.Collator('vi').compare));
  });
});

describe('reference data', () => {
  it('banks are found by any name they go by', async () => {
    const found = await officer.get('/api/v1/banks?q=lienvietpostbank');
    expect(found.body).toMatchObject({ items: [{ bin: '970449', shortName: 'LPBank', reporting: false }], total: 1 });
    const page = await officer.get('/api/v1/banks?limit=50');
    expect(page.body).toMatchObject({ total: 72 });
    const rest = await officer.get(`/api/v1/banks?limit=50&cursor=${text(page.body.nextCursor)}`);
    expect((rest.body.items as unknown as unknown[]).length).toBe(22);
  });

  it('units are listed, with what went into them', async () => {
    const units = await officer.get('/api/v1/administrative-units?level=commune&provinceCode=92&q=phu%20loi');
    expect(units.body).toMatchObject({ items: [{ code: '31510', name: 'Phường Phú Lợi', kind: 'ward' }], total: 1 });
    const former = await officer.get('/api/v1/administrative-units/31510/predecessors');
    expect(former.status).toBe(200);
    const refused = await officer.get('/api/v1/administrative-units/99999/predecessors');
    expect(problemOf(refused)).toEqual({ status: 404, code: 'administrative_unit_not_found' });
  });
});
