import { StaffService } from '../../src/access/staff.service';
import type { StaffRole } from '../../src/kernel/permissions';
import type { AreaScope } from '../../src/kernel/scope';
import { runAs } from '../../src/platform/actor';
import { execute, sql, type Tx } from '../../src/platform/db/database';
import { saveMarket } from '../factories/market.factory';
import { saveStaff, type SavedStaff, type StaffOverrides } from '../factories/staff.factory';
import { type Answer, answerOf } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, postSignIn, signInAs } from './console-client';
import { fieldsOf, problemOf } from './problems';

const CLI = { kind: 'cli', id: 'operator' } as const;
const PASSWORD = 'năm cái ghế đẩu xanh';
const REASON = 'Theo Quyết định 15/QĐ-SCT';
const OWN: AreaScope = { kind: 'province', codes: ['92'] };

let testApp: TestApp;
let admin: ConsoleClient;
let second: ConsoleClient;
let leader: ConsoleClient;
/** Of another province. */
let far: SavedStaff;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write(async (tx) => {
    await saveMarket(tx, { code: 'PEO01', name: 'Chợ Cái Răng' });
    await saveMarket(tx, { code: 'FAR01', name: 'Chợ Bến Thành', provinceCode: '79' });
    await saveUnits(tx);
    far = await saveStaff(tx, { fullName: 'Đinh Văn Xa', role: 'auditor', area: { kind: 'province', codes: ['79'] } });
    await saveStaff(tx, { role: 'market_board', area: { kind: 'markets', codes: ['FAR01'] } });
    await saveStaff(tx, { role: 'commune_officer', area: { kind: 'communes', codes: ['26740'] } });
  });
  admin = await signInAs(testApp, { role: 'system_admin', fullName: 'Bùi Văn An' });
  second = await signInAs(testApp, { role: 'system_admin', fullName: 'Cao Thị Bình' });
  leader = await signInAs(testApp, { role: 'department_leader', fullName: 'Đỗ Văn Cường' });
});
afterAll(() => testApp.stop());

async function saveUnits(tx: Tx): Promise<void> {
  await execute(tx, `INSERT INTO settings VALUES ('province', '{"code": "92", "name": "Thành phố Cần Thơ"}')`);
  await execute(
    tx,
    `INSERT INTO administrative_units (code, level, name, kind, province_code, search_name, valid_from) VALUES
     ('92', 'province', 'Thành phố Cần Thơ', 'thành phố', '92', 'can tho', '2025-07-01'),
     ('79', 'province', 'Thành phố Hồ Chí Minh', 'thành phố', '79', 'ho chi minh', '2025-07-01'),
     ('31117', 'commune', 'Phường Ninh Kiều', 'phường', '92', 'ninh kieu', '2025-07-01'),
     ('26740', 'commune', 'Phường Bến Thành', 'phường', '79', 'ben thanh', '2025-07-01')`,
  );
}

let drawn = 0;
function invitation(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  drawn += 1;
  const area = { kind: 'markets', codes: ['PEO01'] };
  return {
    email: `moi.${drawn}@example.vn`,
    fullName: 'Nguyễn Thị Ớt',
    role: 'market_board',
    area,
    reason: REASON,
    ...overrides,
  };
}

const save = (overrides: StaffOverrides = {}) => testApp.database.write((tx) => saveStaff(tx, overrides));
const approvalOf = (answer: Answer): string => (answer.body.approval as unknown as { id: string }).id;
const decide = (by: ConsoleClient, asked: Answer) => by.post(`/api/v1/approvals/${approvalOf(asked)}/approval`);
const stateOf = async (id: string): Promise<string> =>
  (await admin.get(`/api/v1/staff/${id}`)).body.state as unknown as string;

/** Invited by one, approved by another. */
async function join(overrides: Record<string, unknown> = {}): Promise<{ id: string; email: string }> {
  const input = invitation(overrides);
  const asked = await admin.post('/api/v1/staff', input);
  expect([asked.status, (await decide(second, asked)).status]).toEqual([202, 200]);
  return { id: asked.body.personId as unknown as string, email: input.email as string };
}

async function activate(link: string): Promise<Answer> {
  const body = JSON.stringify({ token: link.split('#')[1], password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  return answerOf(await fetch(`${testApp.url}/api/v1/auth/activation`, { method: 'POST', body, headers }));
}

async function trail(id: string): Promise<string[]> {
  const rows = await testApp.database.read((tx) =>
    sql<{ action: string }>(tx, `SELECT action FROM audit_entries WHERE subject_id = $1 ORDER BY id`, [id]),
  );
  return rows.map(({ action }) => action);
}

describe('inviting', () => {
  it('takes two people; until then the account is of no use', async () => {
    const input = invitation();
    const asked = await admin.post('/api/v1/staff', input);
    const id = asked.body.personId as unknown as string;
    expect([asked.status, asked.body.approval]).toMatchObject([
      202,
      { kind: 'role_grant', subjectType: 'staff', subjectId: id, state: 'pending', requestedBy: 'Bùi Văn An' },
    ]);
    expect(await stateOf(id)).toBe('requested');
    expect(problemOf(await admin.post(`/api/v1/staff/${id}/link`)).code).toBe('link_not_possible');
    expect(problemOf(await decide(admin, asked)).code).toBe('same_person');
    expect(await stateOf(id)).toBe('requested');
    expect((await decide(second, asked)).body).toMatchObject({ state: 'approved', outcome: { personId: id } });
    const person = (await admin.get(`/api/v1/staff/${id}`)).body;
    expect(person).toMatchObject({
      state: 'invited',
      role: 'market_board',
      places: [{ code: 'PEO01', name: 'Chợ Cái Răng' }],
      pendingGrantId: null,
      lastSignedInAt: null,
      letter: null,
    });
    expect(await trail(id)).toEqual(['approval_requested', 'approval_approved', 'person_invited']);
  });

  it('the link is shown once, works once, and leads in', async () => {
    const { id, email } = await join();
    const made = await admin.post(`/api/v1/staff/${id}/link`);
    expect([made.status, made.body]).toEqual([
      201,
      {
        purpose: 'activate',
        delivery: 'in_person',
        link: expect.stringMatching(/^http:\/\/cho40\.test\/activate#[\w-]{43}$/),
        expiresAt: '2026-11-25T02:00:00.000Z',
      },
    ]);
    const again = await admin.post(`/api/v1/staff/${id}/link`);
    expect((await activate(made.body.link as unknown as string)).body.code).toBe('link_not_valid');
    expect((await activate(again.body.link as unknown as string)).status).toBe(200);
    expect((await activate(again.body.link as unknown as string)).body.code).toBe('link_not_valid');
    expect((await postSignIn(testApp.url, { email, password: PASSWORD })).status).toBe(200);
    expect((await admin.get(`/api/v1/staff/${id}`)).body).toMatchObject({
      state: 'active',
      sessions: 2,
      lastSignedInAt: '2026-11-22T02:00:00.000Z',
    });
    const rows = await testApp.database.read((tx) =>
      sql<{ text: string }>(tx, `SELECT a::text AS text FROM audit_entries a`),
    );
    const secret = (again.body.link as unknown as string).split('#')[1] ?? '';
    expect(rows.filter(({ text }) => text.includes(secret) || text.includes(email))).toEqual([]);
  });

  it('asked again with the same words it is the same request, with others it waits', async () => {
    const input = invitation();
    const first = await admin.post('/api/v1/staff', input);
    const again = await admin.post('/api/v1/staff', input);
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect(problemOf(await admin.post('/api/v1/staff', { ...input, role: 'community_team' }))).toEqual({
      status: 409,
      code: 'approval_pending',
    });
    expect(problemOf(await second.post('/api/v1/staff', input)).code).toBe('approval_pending');
  });

  it('lets the second person decide on the name that was read', async () => {
    const input = invitation();
    const asked = await admin.post('/api/v1/staff', input);
    const path = `/api/v1/staff/${asked.body.personId as unknown as string}`;
    const again = await admin.post('/api/v1/staff', { ...input, fullName: 'Một Người Khác' });
    expect(problemOf(again)).toEqual({ status: 409, code: 'approval_pending' });
    expect((await admin.get(path)).body).toMatchObject({ fullName: input.fullName });
    const { version } = (await admin.get(path)).body;
    await admin.patch(path, { fullName: 'Một Người Khác' }, version as unknown as number);
    expect(problemOf(await decide(second, asked))).toEqual({ status: 409, code: 'approval_outdated' });
    expect((await admin.get(path)).body).toMatchObject({ state: 'requested' });
  });

  it('refused, it can be asked for anew with another role', async () => {
    const input = invitation();
    const asked = await admin.post('/api/v1/staff', input);
    const refusal = await leader.post(`/api/v1/approvals/${approvalOf(asked)}/refusal`, {
      reason: 'Chưa có quyết định',
    });
    expect(refusal.status).toBe(200);
    const again = await admin.post('/api/v1/staff', { ...input, role: 'community_team', fullName: 'Nguyễn Thị Tiêu' });
    expect(again.body.personId).toBe(asked.body.personId);
    await decide(leader, again);
    const { body } = await admin.get(`/api/v1/staff/${again.body.personId as unknown as string}`);
    expect(body).toMatchObject({ state: 'invited', role: 'community_team', fullName: 'Nguyễn Thị Tiêu' });
  });

  it.each([
    ['a role that does not hold at markets', { role: 'auditor' }, 422, 'area_does_not_fit'],
    ['no market', { area: { kind: 'markets', codes: [] } }, 422, 'area_empty'],
    ['a market that is not there', { area: { kind: 'markets', codes: ['NOWHERE1'] } }, 422, 'area_unknown'],
    ['a market of another province', { area: { kind: 'markets', codes: ['FAR01'] } }, 422, 'area_unknown'],
    [
      'a commune of another province',
      { role: 'commune_officer', area: { kind: 'communes', codes: ['26740'] } },
      422,
      'area_unknown',
    ],
    ['another province', { role: 'auditor', area: { kind: 'province', codes: ['79'] } }, 422, 'area_unknown'],
    ['a role that nobody knows', { role: 'king' }, 422, 'request_invalid'],
    ['no email', { email: 'khong phai email' }, 422, 'request_invalid'],
    ['a second address in the email', { email: 'a@example.vn,b@example.vn' }, 422, 'request_invalid'],
    ['a line break in the email', { email: 'a@example.vn\r\nBcc: b@example.vn' }, 422, 'request_invalid'],
    ['a blank name', { fullName: ' \u200b ' }, 422, 'request_invalid'],
    ['a name of 10 000 characters', { fullName: 'ă'.repeat(10_000) }, 422, 'request_invalid'],
    ['no reason', { reason: undefined }, 422, 'request_invalid'],
    ['a state of one’s own', { state: 'active' }, 422, 'request_invalid'],
  ])('refuses %s, and keeps nothing', async (_name, overrides, status, code) => {
    const input = invitation(overrides);
    expect(problemOf(await admin.post('/api/v1/staff', input))).toEqual({ status, code });
    const { total } = (await admin.get(`/api/v1/staff?q=${encodeURIComponent(`moi.${drawn}@`)}`)).body;
    expect(total).toBe(0);
  });

  it.each(['invited', 'active', 'disabled'] as const)('refuses the email of somebody %s', async (state) => {
    const { email } = await save({ state });
    const answer = await admin.post('/api/v1/staff', invitation({ email: email.toUpperCase() }));
    expect([problemOf(answer).code, fieldsOf(answer)]).toEqual(['email_taken', ['/email email_taken']]);
  });

  it('keeps whatever a name says as text', async () => {
    const fullName = `<img src=x onerror=alert(1)> =HYPERLINK("x") '; DROP TABLE staff; --`;
    const { id } = await join({ fullName });
    expect((await admin.get(`/api/v1/staff/${id}`)).body.fullName).toBe(fullName);
  });
});

describe('a role takes two people, and neither of them is who gets it', () => {
  it('changing role and area ends the sessions when it is approved, not before', async () => {
    const client = await signInAs(testApp, { role: 'department_officer' });
    const input = { role: 'auditor', area: OWN, reason: REASON };
    const asked = await admin.post(`/api/v1/staff/${client.staff.id}/role`, input);
    expect(asked.status).toBe(202);
    expect((await client.get('/api/v1/auth/session')).status).toBe(200);
    expect((await admin.get(`/api/v1/staff/${client.staff.id}`)).body.pendingGrantId).toBe(approvalOf(asked));
    expect((await decide(leader, asked)).status).toBe(200);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    expect((await decide(leader, asked)).status).toBe(200);
    const { body } = await admin.get(`/api/v1/staff/${client.staff.id}`);
    expect(body).toMatchObject({ role: 'auditor', state: 'active', sessions: 0, pendingGrantId: null });
    expect(await trail(client.staff.id)).toContain('person_role_changed');
    expect(problemOf(await admin.post(`/api/v1/staff/${client.staff.id}/role`, input)).code).toBe('nothing_to_grant');
  });

  it('nobody asks for themself', async () => {
    const input = { role: 'department_leader', area: OWN, reason: REASON };
    expect(problemOf(await admin.post(`/api/v1/staff/${admin.staff.id}/role`, input))).toEqual({
      status: 403,
      code: 'not_oneself',
    });
  });

  it('nobody approves what a colleague asked for them; somebody else still may', async () => {
    const asked = await admin.post(`/api/v1/staff/${leader.staff.id}/role`, {
      role: 'auditor',
      area: OWN,
      reason: REASON,
    });
    expect(problemOf(await decide(leader, asked))).toEqual({ status: 403, code: 'not_oneself' });
    const { body } = await admin.get(`/api/v1/approvals/${approvalOf(asked)}`);
    expect(body.state).toBe('pending');
    expect((await admin.post(`/api/v1/approvals/${approvalOf(asked)}/withdrawal`)).status).toBe(200);
  });

  it('what has changed meanwhile is not overwritten', async () => {
    const { id } = await save();
    const asked = await admin.post(`/api/v1/staff/${id}/role`, { role: 'auditor', area: OWN, reason: REASON });
    await testApp.database.write((tx) => sql(tx, `UPDATE staff SET role = 'department_leader' WHERE id = $1`, [id]));
    expect(problemOf(await decide(second, asked)).code).toBe('approval_outdated');
    expect((await admin.get(`/api/v1/staff/${id}`)).body.role).toBe('department_leader');
  });
});

describe('disabling', () => {
  it('ends sessions and links at once; enabling gives the same role back', async () => {
    const client = await signInAs(testApp);
    const { id } = client.staff;
    const link = (await admin.post(`/api/v1/staff/${id}/link`)).body.link as unknown as string;
    const disabled = await admin.post(`/api/v1/staff/${id}/disabling`, { reason: 'Nghỉ việc' });
    expect(disabled.body).toMatchObject({ state: 'disabled', disabledReason: 'Nghỉ việc', sessions: 0 });
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    expect((await activate(link)).body.code).toBe('link_not_valid');
    expect((await postSignIn(testApp.url, client.staff)).body.code).toBe('sign_in_failed');
    expect(problemOf(await admin.post(`/api/v1/staff/${id}/link`)).code).toBe('link_not_possible');
    expect((await admin.post(`/api/v1/staff/${id}/disabling`, { reason: 'Lần nữa' })).body.disabledReason).toBe(
      'Nghỉ việc',
    );
    const enabled = await admin.post(`/api/v1/staff/${id}/enabling`);
    expect(enabled.body).toMatchObject({ state: 'active', disabledReason: null, role: 'department_officer' });
    expect((await admin.post(`/api/v1/staff/${id}/enabling`)).status).toBe(200);
    expect((await client.get('/api/v1/auth/session')).status).toBe(401);
    expect((await postSignIn(testApp.url, client.staff)).status).toBe(200);
    const actions = (await trail(id)).filter((action) => action.startsWith('person_'));
    expect(actions).toEqual(['person_link_made', 'person_disabled', 'person_enabled']);
  });

  it('brings an account that nobody activated back as invited', async () => {
    const { id } = await join();
    await admin.post(`/api/v1/staff/${id}/disabling`, { reason: 'Nhầm người' });
    expect((await admin.post(`/api/v1/staff/${id}/enabling`)).body.state).toBe('invited');
  });

  it('is refused for oneself, and for whoever waits for approval', async () => {
    const asked = await admin.post('/api/v1/staff', invitation());
    const waiting = asked.body.personId as unknown as string;
    const of = (id: string) => admin.post(`/api/v1/staff/${id}/disabling`, { reason: 'x' });
    expect(problemOf(await of(admin.staff.id)).code).toBe('not_oneself');
    expect(problemOf(await of(waiting)).code).toBe('grant_waits');
    expect((await admin.post(`/api/v1/staff/${waiting}/enabling`)).body.state).toBe('requested');
  });

  it('of two administrators who disable each other at once, one stays', async () => {
    const answers = await Promise.all([
      admin.post(`/api/v1/staff/${second.staff.id}/disabling`, { reason: 'Cùng lúc' }),
      second.post(`/api/v1/staff/${admin.staff.id}/disabling`, { reason: 'Cùng lúc' }),
    ]);
    const left = await testApp.database.read((tx) =>
      sql<{ id: string }>(tx, `SELECT id FROM staff WHERE role = 'system_admin' AND state = 'active'`),
    );
    expect([answers.filter(({ status }) => status === 200).length, left.length]).toEqual([1, 1]);
    const [stays, gone] = left[0]?.id === admin.staff.id ? [admin, second] : [second, admin];
    expect((await stays.post(`/api/v1/staff/${gone.staff.id}/enabling`)).status).toBe(200);
    admin = stays;
    const answer = await postSignIn(testApp.url, gone.staff);
    expect(answer.status).toBe(200);
    second = await signInAs(testApp, { role: 'system_admin', fullName: 'Hà Thị Sáu' });
  });
});

describe('the list', () => {
  const names = async (query: string, by = admin): Promise<unknown[]> => {
    const { body } = await by.get(`/api/v1/staff?${query}`);
    return (body.items as unknown as { fullName: string }[]).map(({ fullName }) => fullName);
  };

  beforeAll(async () => {
    await save({ fullName: 'Đặng Thị Hoài', role: 'commune_officer', area: { kind: 'communes', codes: ['31117'] } });
    await save({ fullName: 'Dương Văn Hoài', state: 'disabled' });
    await save({ fullName: 'Ấu Văn Hoài', role: 'auditor' });
  });

  it.each([
    ['q=hoai', ['Ấu Văn Hoài', 'Dương Văn Hoài', 'Đặng Thị Hoài']],
    ['q=ĐẶNG%20hoài', ['Đặng Thị Hoài']],
    ['q=dang%20hoai', ['Đặng Thị Hoài']],
    ['q=hoai&role=auditor', ['Ấu Văn Hoài']],
    ['q=hoai&state=disabled', ['Dương Văn Hoài']],
    ['q=%25', []],
    ['q=dinh%20xa', []],
  ])('?%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('pages by key, and counts all', async () => {
    const first = (await admin.get('/api/v1/staff?q=hoai&limit=2')).body;
    const rest = (await admin.get(`/api/v1/staff?q=hoai&limit=2&cursor=${first.nextCursor as unknown as string}`)).body;
    expect([first.total, rest.total, rest.nextCursor]).toEqual([3, 3, null]);
    expect((rest.items as unknown as { fullName: string }[]).map(({ fullName }) => fullName)).toEqual([
      'Đặng Thị Hoài',
    ]);
  });

  it('people of another province do not exist, whatever their area', async () => {
    const { body } = await admin.get('/api/v1/staff?limit=200');
    const codes = (body.items as unknown as { area: { codes: string[] } }[]).flatMap(({ area }) => area.codes);
    expect(codes.filter((code) => ['79', 'FAR01', '26740'].includes(code))).toEqual([]);
    for (const path of ['', '/link', '/role', '/disabling', '/enabling']) {
      const input =
        { '/role': { role: 'auditor', area: OWN, reason: REASON }, '/disabling': { reason: 'x' } }[path] ?? {};
      const answer =
        path === ''
          ? await admin.get(`/api/v1/staff/${far.id}`)
          : await admin.post(`/api/v1/staff/${far.id}${path}`, input);
      expect([path, problemOf(answer)]).toEqual([path, { status: 404, code: 'person_not_found' }]);
    }
    expect(problemOf(await admin.post('/api/v1/staff', invitation({ email: far.email }))).code).toBe('email_taken');
  });

  it('who does not manage people sees no email whole', async () => {
    const { id, email } = await save();
    const auditor = await signInAs(testApp, { role: 'auditor' });
    for (const by of [auditor, leader]) {
      expect((await by.get(`/api/v1/staff/${id}`)).body.email).toBe('c***@example.vn');
      expect((await by.get('/api/v1/staff?limit=200')).bytes.toString()).not.toContain(email);
    }
    expect((await admin.get(`/api/v1/staff/${id}`)).body.email).toBe(email);
  });
});

it.each<[StaffRole, AreaScope, number, number]>([
  ['department_officer', OWN, 403, 403],
  ['market_board', { kind: 'markets', codes: ['PEO01'] }, 403, 403],
  ['auditor', OWN, 200, 403],
  ['department_leader', OWN, 200, 403],
])('%s reads with %s, manages with %s', async (role, area, read, manage) => {
  const client = await signInAs(testApp, { role, area });
  const { id } = await save();
  expect((await client.get('/api/v1/staff')).status).toBe(read);
  const writes = [
    await client.post('/api/v1/staff', invitation()),
    await client.post(`/api/v1/staff/${id}/link`),
    await client.post(`/api/v1/staff/${id}/disabling`, { reason: 'x' }),
    await client.patch(`/api/v1/staff/${id}`, { fullName: 'X' }, 1),
  ];
  expect(writes.map(({ status }) => status)).toEqual(Array(4).fill(manage));
});

it('a name is corrected on the version that was read', async () => {
  const { id } = await save();
  const read = await admin.get(`/api/v1/staff/${id}`);
  expect(read.headers.get('etag')).toBe('"1"');
  const renamed = await admin.patch(`/api/v1/staff/${id}`, { fullName: '  Lê  Thị Đào ' }, 1);
  expect([renamed.status, renamed.body.fullName, renamed.headers.get('etag')]).toEqual([200, 'Lê Thị Đào', '"2"']);
  expect(problemOf(await admin.patch(`/api/v1/staff/${id}`, { fullName: 'Khác' }, 1)).code).toBe('version_conflict');
  expect(problemOf(await admin.send('PATCH', `/api/v1/staff/${id}`, { fullName: 'X' })).code).toBe('if_match_required');
});

describe('the operator’s shell', () => {
  const make = (email: string) =>
    runAs(CLI, () =>
      testApp.app.get(StaffService, { strict: false }).inviteAdministrator({ email, fullName: 'Vận hành' }),
    );

  it('makes no administrator while two can approve each other, and one when too few are left', async () => {
    await expect(make('van.hanh@example.vn')).rejects.toMatchObject({ code: 'administrators_enough' });
    const disable = (state: string, id: string) =>
      testApp.database.write((tx) =>
        sql(tx, `UPDATE staff SET state = $1 WHERE role = 'system_admin' AND id <> $2`, [state, id]),
      );
    await disable('disabled', admin.staff.id);
    const { token } = await make('van.hanh@example.vn');
    expect((await activate(`#${token}`)).status).toBe(200);
    await expect(make('van.hanh.2@example.vn')).rejects.toMatchObject({ code: 'administrators_enough' });
  });
});
