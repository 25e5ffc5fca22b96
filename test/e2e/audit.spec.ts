import { AuditService } from '../../src/audit/audit.service';
import { AuditSealer } from '../../src/audit/audit-sealer';
import { AuditWatch } from '../../src/audit/audit-watch';
import { type Actor, runAs } from '../../src/platform/actor';
import { execute } from '../../src/platform/db/database';
import { JobHandlers } from '../../src/platform/queue/job-handlers';
import { withAdmin } from '../database/test-server';
import { startTestApp, TEST_NOW, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';

let testApp: TestApp;
let auditor: ConsoleClient;
let leader: ConsoleClient;
beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  await testApp.database.write((tx) =>
    execute(tx, `INSERT INTO settings VALUES ('province', '{"code": "92", "name": "Cần Thơ"}') ON CONFLICT DO NOTHING`),
  );
  auditor = await signInAs(testApp, { role: 'auditor', fullName: 'Lê Minh Kiểm' });
  leader = await signInAs(testApp, { role: 'department_leader', fullName: 'Đỗ Thị Ánh' });
  await entries();
});
afterAll(() => testApp.stop());

const LIST = '/api/v1/audit-entries';
const DAY_MS = 86_400_000;

/** Five of the leader's over three Vietnamese days, and one of a bank's. */
async function entries(): Promise<void> {
  const audit = testApp.app.get(AuditService, { strict: false });
  const act = (actor: Actor, subjectId: string, reason: string): Promise<void> =>
    runAs(actor, () =>
      testApp.database.write((tx) =>
        audit.record(tx, {
          action: 'market_changed',
          subjectType: 'market',
          subjectId,
          before: { name: '=HYPERLINK("x")' },
          after: { name: 'Chợ Hoa Sen' },
          reason,
        }),
      ),
    );
  const scope = { kind: 'province', codes: ['92'] } as const;
  const person: Actor = { kind: 'staff', id: leader.staff.id, address: '203.0.113.7', traceId: 'trace-7', scope };
  for (let day = 0; day < 3; day += 1) {
    testApp.clock.set(new Date(TEST_NOW.getTime() + day * DAY_MS));
    await act(person, `92ST00${day}`, day === 1 ? '+84 gọi lại' : 'theo quyết định');
  }
  testApp.clock.set(TEST_NOW);
  await act({ kind: 'bank', id: '970436', scope: { kind: 'bank', bin: '970436' } }, '92ST009', '100% _ngay_');
  const sibling: Actor = { kind: 'staff', id: 'xa', scope: { kind: 'province', codes: ['01'] } };
  await act(sibling, '01HN001', 'nơi khác');
}

const ids = async (client: ConsoleClient, query: string): Promise<string[]> => {
  const { status, body } = await client.get(`${LIST}?${query}`);
  expect(status).toBe(200);
  const items = body.items as unknown as { subject: { id: string } }[];
  expect(body.total).toBe(items.length);
  return items.map(({ subject }) => subject.id);
};

describe('who may', () => {
  it.each(['auditor', 'department_leader', 'system_admin'] as const)('%s reads', async (role) => {
    const client = await signInAs(testApp, { role });
    for (const path of [LIST, `${LIST}/1`, `${LIST}/verification`, `${LIST}/export.csv?q=xyz`])
      expect((await client.get(path)).status).toBe(200);
  });

  it.each(['department_officer', 'commune_officer', 'market_board', 'community_team'] as const)(
    '%s does not',
    async (role) => {
      const areas = { commune_officer: 'communes', market_board: 'markets', community_team: 'markets' } as const;
      const kind = role === 'department_officer' ? 'province' : areas[role];
      const codes = { province: ['92'], communes: ['31117'], markets: ['92ST001'] }[kind];
      const client = await signInAs(testApp, { role, area: { kind, codes } });
      for (const path of [LIST, `${LIST}/1`, `${LIST}/verification`, `${LIST}/export.csv`])
        expect(await client.get(path)).toMatchObject({ status: 403, body: { code: 'not_permitted' } });
    },
  );

  it('another province sees its own people’s doings alone', async () => {
    const stranger = await signInAs(testApp, { role: 'auditor', area: { kind: 'province', codes: ['01'] } });
    expect(await ids(stranger, 'action=market_changed')).toEqual(['01HN001']);
    expect(await stranger.get(`${LIST}/1`)).toMatchObject({ status: 404, body: { code: 'audit_entry_not_found' } });
    expect(await auditor.get(`${LIST}?q=01HN001`)).toMatchObject({ status: 200, body: { items: [], total: 0 } });
  });

  it('nobody writes', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await auditor.send(method, `${LIST}/1`, {})).status).toBe(404);
  });
});

describe('the list', () => {
  it.each([
    ['newest first', 'action=market_changed', ['92ST009', '92ST002', '92ST001', '92ST000']],
    ['who, by id', 'actor=970436', ['92ST009']],
    ['who, by name without accents', 'actor=do%20thi%20anh&action=market_changed', ['92ST002', '92ST001', '92ST000']],
    ['nobody of that name', 'actor=khong%20ai', []],
    ['subject', 'subjectType=market&subjectId=92ST001', ['92ST001']],
    ['from a Vietnamese day', 'action=market_changed&from=2026-11-23', ['92ST002', '92ST001']],
    ['to a Vietnamese day', 'action=market_changed&to=2026-11-22', ['92ST009', '92ST000']],
    ['one day', 'from=2026-11-23&to=2026-11-23', ['92ST001']],
    ['text in the reason', 'q=QUYẾT%20định', ['92ST002', '92ST000']],
    ['text: percent and underscore are letters', 'q=%25%20_n', ['92ST009']],
    ['text: nothing like that', 'q=0%25', ['92ST009']],
    ['trace id', 'q=trace-7%2092ST001', ['92ST001']],
  ])('%s', async (_name, query, expected) => expect(await ids(auditor, query)).toEqual(expected));

  it('goes by pages without a gap', async () => {
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await auditor.get(`${LIST}?action=market_changed&limit=3${cursor}`);
      expect(body.total).toBe(4);
      seen.push(...(body.items as unknown as { subject: { id: string } }[]).map(({ subject }) => subject.id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor as unknown as string}` : '';
    } while (cursor);
    expect(seen).toEqual(['92ST009', '92ST002', '92ST001', '92ST000']);
  });

  it.each([
    ['cursor=abc', 400, 'cursor_invalid'],
    [`cursor=${Buffer.from('["1 OR 1"]').toString('base64url')}`, 400, 'cursor_invalid'],
    [`cursor=${Buffer.from('["1","2"]').toString('base64url')}`, 400, 'cursor_invalid'],
    ['limit=201', 422, 'request_invalid'],
    ['from=2026-02-31', 422, 'request_invalid'],
    ['action=DROP%20TABLE', 422, 'request_invalid'],
    ['sort=at', 422, 'request_invalid'],
  ])('refuses %s', async (query, status, code) => {
    expect(await auditor.get(`${LIST}?${query}`)).toMatchObject({ status, body: { code } });
  });
});

describe('one entry', () => {
  it('says who, what, when, why, from where, and its place in the chain', async () => {
    const { body } = await auditor.get(`${LIST}?subjectId=92ST000`);
    const [row] = body.items as unknown as [{ id: string }];
    expect((await auditor.get(`${LIST}/${row.id}`)).body).toMatchObject({ seal: null });
    await runAs({ kind: 'system', id: 'sweep' }, () => testApp.app.get(AuditSealer, { strict: false }).seal());
    expect((await auditor.get(`${LIST}/${row.id}`)).body).toEqual({
      id: row.id,
      at: TEST_NOW.toISOString(),
      actor: { kind: 'staff', id: leader.staff.id, name: 'Đỗ Thị Ánh' },
      action: 'market_changed',
      subject: { type: 'market', id: '92ST000', name: null },
      reason: 'theo quyết định',
      address: '203.0.113.7',
      traceId: 'trace-7',
      before: { name: '=HYPERLINK("x")' },
      after: { name: 'Chợ Hoa Sen' },
      seal: {
        position: expect.stringMatching(/^[0-9]+$/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        sealedAt: expect.any(String),
      },
    });
  });

  it.each(['0', '-1', '1e3', 'NaN', '9223372036854775808', 'undefined'])('there is no %s', async (id) => {
    expect(await auditor.get(`${LIST}/${id}`)).toMatchObject({ status: 404, body: { code: 'audit_entry_not_found' } });
  });
});

describe('the file', () => {
  it('holds what is filtered, inert, and is recorded', async () => {
    const answer = await auditor.get(`${LIST}/export.csv?subjectId=92ST001`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="nhat-ky-2026-11-22.csv"');
    const [head, line, end] = answer.bytes.toString().split('\r\n');
    expect(head).toBe(
      '\uFEFFid;at;actorKind;actorId;actorName;action;subjectType;subjectId;subjectName;reason;before;after;address;traceId;position;hash',
    );
    expect(line).toContain(`;staff;${leader.staff.id};Đỗ Thị Ánh;market_changed;market;92ST001;;'+84 gọi lại;`);
    expect(line).toContain(`;"{""name"":""=HYPERLINK(\\""x\\"")""}";`);
    expect(end).toBe('');
    const { body } = await auditor.get(`${LIST}?action=audit_exported&actor=${auditor.staff.id}&limit=1`);
    const [recorded] = body.items as unknown as [{ id: string }];
    expect((await auditor.get(`${LIST}/${recorded.id}`)).body).toMatchObject({ after: { subjectId: '92ST001' } });
  });
});

describe('the chain', () => {
  const metric = async (name: string): Promise<string | undefined> => {
    const text = await (await fetch(`${testApp.url}/metrics`)).text();
    return text.split('\n').find((line) => line.startsWith(`${name} `));
  };
  /** Sessions do not live that long. */
  const nextDay = async (): Promise<unknown> => {
    testApp.clock.advanceMs(DAY_MS);
    auditor = await signInAs(testApp, { role: 'auditor' });
    return testApp.app.get(JobHandlers, { strict: false }).run('verify-audit', {}, new AbortController().signal);
  };

  it('is told as the last run found it, and an alarm goes up when it is broken', async () => {
    const watch = testApp.app.get(AuditWatch, { strict: false });
    await runAs({ kind: 'system', id: 'sweep' }, () => testApp.app.get(AuditSealer, { strict: false }).seal());
    expect((await auditor.get(`${LIST}/verification`)).body).toMatchObject({ last: null, waiting: 0 });
    expect(await metric('cho40_audit_broken')).toBeUndefined();
    expect(await nextDay()).toMatchObject({ ok: true });
    expect((await auditor.get(`${LIST}/verification`)).body).toMatchObject({ last: { ok: true, problem: null } });
    expect(await metric('cho40_audit_broken')).toBe('cho40_audit_broken 0');

    await withAdmin(testApp.urls.ownerUrl, async (owner) => {
      await owner.query(
        `ALTER TABLE audit_entries DISABLE TRIGGER ALL; ALTER TABLE audit_entries NO FORCE ROW LEVEL SECURITY`,
      );
      await owner.query(`UPDATE audit_entries SET reason = 'khác' WHERE subject_id = '92ST000'`);
    });
    expect(await nextDay()).toMatchObject({ ok: false, problem: 'entry_altered' });
    expect((await auditor.get(`${LIST}/verification`)).body).toMatchObject({
      last: { ok: false, problem: { code: 'entry_altered' } },
    });
    expect(await metric('cho40_audit_broken')).toBe('cho40_audit_broken 1');
    expect(await metric('cho40_audit_verified_age_seconds')).toBe('cho40_audit_verified_age_seconds 0');
    expect(await runAs({ kind: 'system', id: 'sweep' }, () => watch.isDue())).toBe(false);
  });
});
