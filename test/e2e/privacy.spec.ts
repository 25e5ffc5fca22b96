import { sql } from '../../src/platform/db/database';
import { execute } from '../../src/platform/db/database';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveLease, saveOccupiedStall, saveVendor, type SavedVendor } from '../factories/vendor.factory';
import { type Answer, answerOf } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

let testApp: TestApp;
let officer: ConsoleClient;
let vendor: SavedVendor;
let marketCode: string;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  officer = await signInAs(testApp);
  await testApp.database.write(async (tx) => {
    const market = await saveMarket(tx, { code: 'PRIVACY1' });
    marketCode = market.code;
    ({ vendor } = await saveOccupiedStall(tx, await saveStall(tx, market)));
  });
});
afterAll(() => testApp.stop());

const NEVER = '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';

/** Monday, 23 November 2026 is the first working day after the test's Sunday. */
function asking(overrides: object = {}): object {
  return {
    vendorId: vendor.id,
    subjectName: vendor.fullName,
    kind: 'copy',
    details: 'Xin một bản sao dữ liệu về tôi',
    receivedHow: 'counter',
    receivedOn: '2026-11-20',
    ...overrides,
  };
}

function audited(subjectId: string): Promise<{ action: string; reason: string | null }[]> {
  return testApp.database.read((tx) =>
    sql(tx, `SELECT action, reason FROM audit_entries WHERE subject_id = $1 ORDER BY id`, [subjectId]),
  );
}

it('a board makes no link to what its vendor holds elsewhere; the department does', async () => {
  const [roamer, code] = await testApp.database.write(async (tx) => {
    const own = await saveMarket(tx);
    const held = await saveOccupiedStall(tx, await saveStall(tx, own));
    await saveLease(tx, await saveStall(tx, await saveMarket(tx)), held.vendor);
    return [held.vendor.id, own.code];
  });
  const board = await signInAs(testApp, { role: 'market_board', area: { kind: 'markets', codes: [code, marketCode] } });
  const path = `/api/v1/vendors/${roamer}/links`;
  expect(problemOf(await board.post(path))).toEqual({ status: 409, code: 'vendor_held_elsewhere' });
  expect((await officer.post(path)).status).toBe(201);
  expect((await board.post(`/api/v1/vendors/${vendor.id}/links`)).status).toBe(201);
});

describe('a request of a data subject', () => {
  it.each([
    ['2026-11-20', '2026-11-24', 'in_time', 2],
    ['2026-11-18', '2026-11-20', 'overdue', 0],
    ['2026-04-29', '2026-05-05', 'overdue', 0],
  ])('received on %s is due on %s: %s', async (receivedOn, dueOn, clock, workingDaysLeft) => {
    const { status, body } = await officer.post('/api/v1/data-requests', asking({ receivedOn }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ receivedOn, dueOn, clock, workingDaysLeft, state: 'open', vendorId: vendor.id });
  });

  it('is answered once; the clock stops, and the trail says by whom and how', async () => {
    const { body } = await officer.post('/api/v1/data-requests', asking());
    const path = `/api/v1/data-requests/${body.id as unknown as string}`;
    const answer = { outcome: 'answered', answer: 'Đã đưa bản sao tại quầy' };
    const answered = await officer.post(`${path}/answer`, answer);
    expect([answered.status, answered.body.state, answered.body.clock]).toEqual([200, 'answered', 'answered_in_time']);
    expect(answered.body).toMatchObject({
      answeredOn: '2026-11-22',
      answeredBy: 'Nguyễn Thị Lan',
      workingDaysLeft: null,
    });
    expect(problemOf(await officer.post(`${path}/answer`, answer))).toEqual({
      status: 409,
      code: 'data_request_closed',
    });
    expect(await audited(body.id as unknown as string)).toEqual([
      { action: 'data_request_recorded', reason: null },
      { action: 'data_request_answered', reason: 'Đã đưa bản sao tại quầy' },
    ]);
  });

  it.each<[string, object, number, string]>([
    ['of a vendor who is not there', { vendorId: NEVER }, 404, 'vendor_not_found'],
    ['received tomorrow', { receivedOn: '2026-11-23' }, 422, 'received_in_future'],
    ['said to come by the link', { receivedHow: 'link' }, 422, 'request_invalid'],
    ['of no kind we know', { kind: 'everything' }, 422, 'request_invalid'],
    ['without a word', { details: ' \u200b ' }, 422, 'request_invalid'],
    ['with a field too many', { state: 'answered' }, 422, 'request_invalid'],
  ])('%s is refused', async (_name, overrides, status, code) => {
    expect(problemOf(await officer.post('/api/v1/data-requests', asking(overrides)))).toEqual({ status, code });
  });

  it('stands in the list by when it falls due, open ones first, page by page', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await officer.get(`/api/v1/data-requests?limit=2&vendorId=${vendor.id}${cursor}`);
      seen.push(...(body.items as unknown as { state: string; dueOn: string }[]).map((r) => `${r.state} ${r.dueOn}`));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor as unknown as string}` : '';
    } while (cursor);
    expect(seen).toEqual(['open 2026-05-05', 'open 2026-11-20', 'open 2026-11-24', 'answered 2026-11-24']);
  });

  it('is for who answers them, and for who looks on', async () => {
    const [leader, board] = [
      await signInAs(testApp, { role: 'department_leader' }),
      await signInAs(testApp, { role: 'market_board', area: { kind: 'markets', codes: [marketCode] } }),
    ];
    expect((await leader.get('/api/v1/data-requests')).status).toBe(200);
    expect(problemOf(await leader.post('/api/v1/data-requests', asking())).code).toBe('not_permitted');
    expect(problemOf(await board.get('/api/v1/data-requests')).code).toBe('not_permitted');
  });
});

describe('days off', () => {
  it('move what falls due, are there once, and can be taken back', async () => {
    const day = { day: '2026-11-23', name: 'Ngày nghỉ của tỉnh' };
    expect((await officer.post('/api/v1/holidays', day)).status).toBe(201);
    expect(problemOf(await officer.post('/api/v1/holidays', day)).code).toBe('holiday_known');
    const { body } = await officer.post('/api/v1/data-requests', asking());
    expect(body.dueOn).toBe('2026-11-25');
    const { body: year } = await officer.get('/api/v1/holidays?year=2026');
    expect(year.items).toContainEqual(day);
    expect((await officer.send('DELETE', '/api/v1/holidays/2026-11-23')).status).toBe(204);
    expect(problemOf(await officer.send('DELETE', '/api/v1/holidays/2026-11-23')).code).toBe('holiday_not_found');
  });
});

describe('the copy of everything held', () => {
  it('has identifiers in clear, for that person, and is recorded', async () => {
    const { status, headers, bytes } = await officer.get(`/api/v1/vendors/${vendor.id}/personal-data`);
    const copy = JSON.parse(bytes.toString()) as Record<string, never>;
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(copy).toMatchObject({
      vendor: { fullName: vendor.fullName, personalId: vendor.personalId, leases: [{ marketCode }] },
      accounts: [{ accountNumber: expect.stringMatching(/^9990/) }],
    });
    expect(Object.keys(copy).sort()).toEqual(
      ['accounts', 'codes', 'madeAt', 'requests', 'stallFigures', 'trail', 'vendor'].sort(),
    );
    expect(await audited(vendor.id)).toContainEqual({ action: 'personal_data_copied', reason: null });
  });

  it('is not for a vendor who is not there, nor for every role', async () => {
    expect(problemOf(await officer.get(`/api/v1/vendors/${NEVER}/personal-data`)).status).toBe(404);
    const auditor = await signInAs(testApp, { role: 'auditor' });
    expect(problemOf(await auditor.get(`/api/v1/vendors/${vendor.id}/personal-data`)).code).toBe('not_permitted');
  });
});

describe('a vendor’s own link', () => {
  async function linkOf(id = vendor.id): Promise<string> {
    const { status, body } = await officer.post(`/api/v1/vendors/${id}/links`);
    expect(status).toBe(201);
    return (body.link as unknown as string).split('#')[1] ?? '';
  }
  async function mine(token: string, path = '', body?: object): Promise<Answer> {
    const headers = { 'x-vendor-link': token, 'content-type': 'application/json' };
    const method = body ? 'POST' : 'GET';
    return answerOf(
      await fetch(`${testApp.url}/api/v1/mine${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  }

  it('shows the own record, masked, and nobody else’s', async () => {
    const { status, body, bytes } = await mine(await linkOf());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fullName: vendor.fullName,
      stalls: [{ marketName: expect.any(String) }],
      consents: [{ purpose: 'stall_figures', withdrawnAt: null }],
    });
    expect(bytes.toString()).not.toContain(vendor.personalId);
  });

  it('takes a consent back, and asks, as easily as it was given', async () => {
    const token = await linkOf();
    const [consent] = (await mine(token)).body.consents as unknown as { id: string }[];
    const withdrawn = await mine(token, `/consents/${consent?.id}/withdrawal`, {});
    expect([withdrawn.status, typeof withdrawn.body.withdrawnAt]).toEqual([200, 'string']);
    expect(problemOf(await mine(token, `/consents/${consent?.id}/withdrawal`, {})).code).toBe('consent_withdrawn');
    const asked = await mine(token, '/data-requests', { kind: 'access', details: 'Tôi muốn biết đang lưu gì về tôi' });
    expect([asked.status, asked.body.receivedHow, asked.body.subjectName]).toEqual([201, 'link', vendor.fullName]);
  });

  it('fills no list: after five open requests it waits for answers', async () => {
    const other = await testApp.database.write((tx) => saveVendor(tx));
    const token = await linkOf(other.id);
    const answers = [];
    for (let n = 0; n < 6; n += 1)
      answers.push(await mine(token, '/data-requests', { kind: 'access', details: 'Hỏi' }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 409]);
  });

  it('cannot touch what is another vendor’s', async () => {
    const token = await linkOf();
    const foreign = await testApp.database.write(async (tx) => {
      const market = await saveMarket(tx);
      await saveOccupiedStall(tx, await saveStall(tx, market));
      const rows = await sql<{ id: string }>(tx, 'SELECT id FROM consents WHERE vendor_id <> $1 LIMIT 1', [vendor.id]);
      return rows[0]?.id ?? '';
    });
    const [there, nowhere] = [
      await mine(token, `/consents/${foreign}/withdrawal`, {}),
      await mine(token, `/consents/${NEVER}/withdrawal`, {}),
    ];
    expect([there.status, there.body.code]).toEqual([404, 'consent_not_found']);
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'consent_not_found']);
  });

  it.each<[string, () => Promise<string>]>([
    ['one that nobody made', () => Promise.resolve('x'.repeat(43))],
    ['an empty one', () => Promise.resolve('')],
    ['a much too long one', () => Promise.resolve('x'.repeat(5_000))],
    ['the one before the last', async () => [await linkOf(), await linkOf()][0] ?? ''],
    [
      'one that was revoked',
      async () => {
        const token = await linkOf();
        expect((await officer.send('DELETE', `/api/v1/vendors/${vendor.id}/links`)).status).toBe(204);
        return token;
      },
    ],
    [
      'one of half a year ago',
      async () => {
        const token = await linkOf();
        await testApp.database.write((tx) =>
          execute(tx, `UPDATE vendor_links SET expires_at = $1`, [testApp.clock.now()]),
        );
        return token;
      },
    ],
  ])('refuses %s, alike', async (_name, token) => {
    expect(problemOf(await mine(await token()))).toEqual({ status: 401, code: 'vendor_link_not_valid' });
  });

  it('keeps only the hash of its secret', async () => {
    const token = await linkOf();
    const rows = await testApp.database.read((tx) =>
      sql<{ text: string }>(tx, 'SELECT l::text AS text FROM vendor_links l'),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes(token))).toEqual([]);
  });
});

describe('retention', () => {
  let admin: ConsoleClient;
  beforeAll(async () => {
    admin = await signInAs(testApp, { role: 'system_admin' });
    await testApp.database.write(async (tx) => {
      const gone = await saveVendor(tx, { fullName: 'Người Đã Nghỉ', state: 'ceased' });
      const draft = await saveVendor(tx, { state: 'draft' });
      await execute(tx, `UPDATE vendors SET updated_at = '2020-01-01' WHERE id = ANY ($1)`, [[gone.id, draft.id]]);
    });
  });
  const due = async (rule: string): Promise<number> => {
    const { body } = await admin.get('/api/v1/retention');
    return (body.rules as unknown as { rule: string; due: number }[]).find((r) => r.rule === rule)?.due ?? -1;
  };

  it('is first a dry run that changes nothing', async () => {
    expect([await due('ceased_vendors'), await due('vendor_drafts')]).toEqual([1, 1]);
    expect([await due('ceased_vendors'), await due('vendor_drafts')]).toEqual([1, 1]);
  });

  it('takes what was looked at, and only that', async () => {
    const path = '/api/v1/retention/ceased_vendors/purge';
    expect(problemOf(await admin.post(path, { due: 2 }))).toEqual({ status: 409, code: 'purge_outdated' });
    expect((await admin.post(path, { due: 1 })).body).toEqual({ purged: 1 });
    expect(await due('ceased_vendors')).toBe(0);
    const rows = await testApp.database.read((tx) =>
      sql<{ text: string }>(tx, 'SELECT v::text AS text FROM vendors v'),
    );
    expect(rows.filter(({ text }) => text.includes('Người Đã Nghỉ'))).toEqual([]);
    expect(await audited('ceased_vendors')).toEqual([{ action: 'retention_purged', reason: null }]);
  });

  it('obeys its setting', async () => {
    const { body } = await admin.send('PUT', '/api/v1/retention/vendor_drafts', { days: 36_500 });
    expect(body).toMatchObject({ rule: 'vendor_drafts', days: 36_500, due: 0 });
  });

  it('is not for every role', async () => {
    expect(problemOf(await officer.get('/api/v1/retention')).code).toBe('not_permitted');
  });
});
