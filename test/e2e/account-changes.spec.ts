import { runAs } from '../../src/platform/actor';
import { execute, sql } from '../../src/platform/db/database';
import { VendorImportService } from '../../src/vendors/vendor-import.service';
import { AccountChangesService } from '../../src/vendors/account-changes/account-changes.service';
import { businessDay } from '../../src/kernel/business-day';
import { type SavedMarket, type SavedStall, saveMarket, saveStall } from '../factories/market.factory';
import {
  type SavedAccount,
  saveAccount,
  saveAssignment,
  saveLease,
  saveVendor,
  type SavedVendor,
} from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

const TODAY = '2026-11-22';
const YESTERDAY = '2026-11-21';
const REASON = 'Hộ mở tài khoản kinh doanh mới';
const SHELL = { kind: 'cli', id: 'root' } as const;

/** A stall whose customers pay into `former`, with the code that says so; `next` is the vendor's other account. */
interface Place {
  readonly market: SavedMarket;
  readonly stall: SavedStall;
  readonly vendor: SavedVendor;
  readonly lease: { id: string };
  readonly former: SavedAccount;
  readonly next: SavedAccount;
  readonly serial: string;
}

let testApp: TestApp;
let officer: ConsoleClient;
let leader: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  officer = await signInAs(testApp, { fullName: 'Nguyễn Thị Lan' });
  leader = await signInAs(testApp, { role: 'department_leader', fullName: 'Trần Văn Minh' });
});
afterAll(() => testApp.stop());

async function placeWithCode(): Promise<Place> {
  const place = await testApp.database.write(async (tx) => {
    const market = await saveMarket(tx);
    const stall = await saveStall(tx, market);
    const vendor = await saveVendor(tx);
    const lease = await saveLease(tx, stall, vendor);
    const former = await saveAccount(tx, vendor);
    const next = await saveAccount(tx, vendor);
    await saveAssignment(tx, stall, former);
    return { market, stall, vendor, lease, former, next };
  });
  await officer.post(`/api/v1/markets/${place.market.code}/qr-issues`, {});
  const { body } = await officer.get(`/api/v1/stalls/${place.stall.code}`);
  return { ...place, serial: (body.qr as unknown as { serial: string }).serial };
}

const assign = (
  stallCode: string,
  accountId: string,
  by = officer,
  reason: string | undefined = REASON,
): Promise<Answer> => by.post(`/api/v1/stalls/${stallCode}/payout-assignments`, { accountId, fromDay: TODAY, reason });
const approve = (id: unknown, by: ConsoleClient): Promise<Answer> =>
  by.post(`/api/v1/approvals/${String(id)}/approval`, {});
const idOf = (answer: Answer): string => answer.body.id as unknown as string;

async function endLease({ lease }: Place): Promise<void> {
  expect((await officer.post(`/api/v1/leases/${lease.id}/end`, { toDay: YESTERDAY })).status).toBe(200);
}

/** A board's list of one row. */
function listOf({ stall, vendor }: Place, account: SavedAccount): string {
  const titles = 'Họ và tên;Số CCCD;Số sạp;Ngân hàng;Số tài khoản';
  return `${titles}\r\n${vendor.fullName};${vendor.personalId ?? ''};${stall.number};${account.bankBin};${account.accountNumber}\r\n`;
}

async function uploadList(place: Place, account: SavedAccount): Promise<string[]> {
  const path = `/api/v1/markets/${place.market.code}/imports/vendors`;
  const { status, body } = await officer.post(path, listOf(place, account), { 'content-type': 'text/csv' });
  expect(status).toBe(200);
  return (body.problems as unknown as { code: string }[]).map(({ code }) => code);
}

/** Every account that any stall of the market was ever made to pay into. */
async function accountsPaidInto({ market }: Place): Promise<string[]> {
  const rows = await testApp.database.read((tx) =>
    sql<{ id: string }>(
      tx,
      `SELECT DISTINCT payout_account_id AS id FROM payout_assignments WHERE market_id = $1 ORDER BY 1`,
      [market.id],
    ),
  );
  return rows.map(({ id }) => id);
}

describe('one person cannot change the account of a stall', () => {
  it.each<[string, (place: Place) => Promise<unknown>]>([
    [
      'by asking for it',
      async ({ stall, next }) => {
        expect(await assign(stall.code, next.id)).toMatchObject({ status: 202, body: { state: 'pending' } });
      },
    ],
    [
      'by asking without a reason',
      async ({ stall, next }) => {
        const answer = await officer.post(`/api/v1/stalls/${stall.code}/payout-assignments`, {
          accountId: next.id,
          fromDay: TODAY,
        });
        expect(problemOf(answer)).toEqual({ status: 422, code: 'reason_required' });
      },
    ],
    [
      'by approving it too',
      async ({ stall, next }) => {
        const asked = await assign(stall.code, next.id);
        expect(problemOf(await approve(idOf(asked), officer))).toEqual({ status: 409, code: 'same_person' });
      },
    ],
    [
      'by asking twice',
      async ({ stall, next }) => {
        const [first, second] = [await assign(stall.code, next.id), await assign(stall.code, next.id)];
        expect([second.status, idOf(second)]).toEqual([202, idOf(first)]);
      },
    ],
    [
      'as the market’s board, which approves nothing',
      async ({ market, stall, next }) => {
        const board = await signInAs(testApp, {
          role: 'market_board',
          area: { kind: 'markets', codes: [market.code] },
        });
        const asked = await assign(stall.code, next.id, board);
        expect(asked.status).toBe(202);
        expect(problemOf(await approve(idOf(asked), board))).toEqual({ status: 403, code: 'not_permitted' });
      },
    ],
    [
      'by ending the lease and beginning another while the code hangs there',
      async (place) => {
        await endLease(place);
        const { stall, vendor, next } = place;
        const lease = { vendorId: vendor.id, fromDay: TODAY };
        expect((await officer.post(`/api/v1/stalls/${stall.code}/leases`, lease)).status).toBe(201);
        expect((await assign(stall.code, next.id)).status).toBe(202);
      },
    ],
    [
      'by letting the stall to somebody else',
      async (place) => {
        await endLease(place);
        const { stall } = place;
        const heir = await testApp.database.write(async (tx) => {
          const vendor = await saveVendor(tx);
          return { vendor, account: await saveAccount(tx, vendor) };
        });
        await officer.post(`/api/v1/stalls/${stall.code}/leases`, { vendorId: heir.vendor.id, fromDay: TODAY });
        expect((await assign(stall.code, heir.account.id)).status).toBe(202);
      },
    ],
    [
      'by closing the stall and opening another beside it',
      async (place) => {
        await endLease(place);
        const { market, stall, vendor, next } = place;
        await officer.patch(`/api/v1/stalls/${stall.code}`, { state: 'closed', closedOn: YESTERDAY }, 1);
        const opened = await officer.post(`/api/v1/markets/${market.code}/stalls`, { number: `${stall.number}A` });
        expect(opened.status).toBe(201);
        const code = opened.body.code as unknown as string;
        await officer.post(`/api/v1/stalls/${code}/leases`, { vendorId: vendor.id, fromDay: TODAY });
        expect((await assign(code, next.id)).status).toBe(202);
      },
    ],
    [
      'by a list of the board',
      async (place) => expect(await uploadList(place, place.next)).toContain('account_differs_from_register'),
    ],
    [
      'by a list after the lease has ended',
      async (place) => {
        await endLease(place);
        expect(await uploadList(place, place.next)).toContain('account_change_takes_two');
      },
    ],
    [
      'by a list on the command line',
      async (place) => {
        await endLease(place);
        const file = { fileName: 'list.csv', bytes: Buffer.from(listOf(place, place.next)), dryRun: false };
        const imports = testApp.app.get(VendorImportService, { strict: false });
        const report = await runAs(SHELL, () => imports.import(place.market.code, { ...file, language: 'vi' }));
        expect(report.problems.map(({ code }) => code)).toContain('account_change_takes_two');
      },
    ],
    [
      'by a command or a job',
      async ({ stall, next }) => {
        const changes = testApp.app.get(AccountChangesService, { strict: false });
        const wanted = { accountId: next.id, fromDay: businessDay(TODAY), reason: REASON };
        expect(await runAs(SHELL, () => changes.assign(stall.code, wanted))).toMatchObject({ state: 'pending' });
      },
    ],
    [
      'by what code of ours that forgets to ask would write',
      async ({ market, stall, next }) => {
        const ending = `UPDATE payout_assignments SET to_day = '${YESTERDAY}' WHERE stall_id = $1`;
        const inserting = `INSERT INTO payout_assignments (id, stall_id, payout_account_id, market_id, from_day, created_at)
          VALUES ($2, $1, $3, $4, '${TODAY}', now())`;
        const id = '019a0000-0000-7000-8000-0000000000aa';
        const write = testApp.database.write(async (tx) => {
          await execute(tx, ending, [stall.id]);
          await execute(tx, inserting, [stall.id, id, next.id, market.id]);
        });
        await expect(write).rejects.toMatchObject({ code: '42501' });
        const moving = `UPDATE payout_assignments SET payout_account_id = $2 WHERE stall_id = $1`;
        const move = testApp.database.write((tx) => execute(tx, moving, [stall.id, next.id]));
        await expect(move).rejects.toMatchObject({ code: '42501' });
      },
    ],
  ])('%s', async (_name, tryIt) => {
    const place = await placeWithCode();
    await tryIt(place);
    expect(await accountsPaidInto(place)).toEqual([place.former.id]);
  });

  it('but records the first one alone', async () => {
    const { stall, account } = await testApp.database.write(async (tx) => {
      const saved = await saveStall(tx, await saveMarket(tx));
      const vendor = await saveVendor(tx);
      await saveLease(tx, saved, vendor);
      return { stall: saved, account: await saveAccount(tx, vendor) };
    });
    expect(await assign(stall.code, account.id)).toMatchObject({ status: 201, body: { pendingAccountChange: null } });
  });
});

describe('two people change it', () => {
  it('at once and everywhere: account, code, card, notice, trail', async () => {
    const place = await placeWithCode();
    const { market, stall, vendor, former, next, serial } = place;
    const stallPath = `/api/v1/stalls/${stall.code}`;
    const asked = await assign(stall.code, next.id);
    const [from, to] = [former, next].map(({ accountNumber }) => `****${accountNumber.slice(-4)}`);
    expect(asked.body).toMatchObject({
      ...{ kind: 'account_change', subjectType: 'stall', subjectId: stall.code, marketCode: market.code },
      ...{ requestedBy: 'Nguyễn Thị Lan', reason: REASON, mine: true, mayDecide: false },
      sentence: { vi: expect.stringContaining(`Từ ngày 22/11/2026, tiền của khách tại ${stall.number}`) },
    });
    expect((await officer.get(stallPath)).body).toMatchObject({ pendingAccountChange: idOf(asked), qr: { serial } });
    const approved = await approve(idOf(asked), leader);
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved', decidedBy: 'Trần Văn Minh' } });
    const stallNow = (await officer.get(stallPath)).body;
    expect(stallNow).toMatchObject({
      ...{ account: { id: next.id, accountMasked: to }, qr: null, pendingAccountChange: null },
      payoutAssignments: [
        { accountId: next.id, fromDay: TODAY, toDay: null },
        { accountId: former.id, toDay: YESTERDAY },
      ],
    });
    const recalled = await officer.get(`/api/v1/markets/${market.code}/qr-issues?state=retired`);
    expect(recalled.body.items).toMatchObject([{ serial, stallCode: stall.code, retiredReason: 'account_changed' }]);
    expect(problemOf(await officer.get(`/api/v1/qr-issues/${serial}/card.pdf`))).toEqual({
      status: 409,
      code: 'qr_issue_retired',
    });
    const notices = (await officer.get(`/api/v1/vendors/${vendor.id}/notices`)).body.items as unknown as object[];
    expect(notices).toMatchObject([{ kind: 'account_changed', sentAt: null, channel: null }]);
    const text = JSON.stringify([notices, asked.body, approved.body]);
    expect([text.includes(from ?? ''), text.includes(to ?? '')]).toEqual([true, true]);
    expect(text).not.toMatch(new RegExp(`${former.accountNumber}|${next.accountNumber}`));
    expect(await trailOf(stall)).toEqual([
      ['approval_requested', officer.staff.id],
      ['approval_approved', leader.staff.id],
      ['account_assigned', leader.staff.id],
    ]);
    const again = await approve(idOf(asked), leader);
    expect([again.status, again.bytes.equals(approved.bytes)]).toEqual([200, true]);
    expect((await officer.get(stallPath)).body).toEqual(stallNow);
    expect((await officer.post(`/api/v1/markets/${market.code}/qr-issues`, {})).body.issued).toBe(1);
  });

  it('on the day that was asked for, where it is still to come', async () => {
    const { stall, next, serial } = await placeWithCode();
    const asked = await officer.post(`/api/v1/stalls/${stall.code}/payout-assignments`, {
      ...{ accountId: next.id, fromDay: '2026-12-01', reason: REASON },
    });
    expect((await approve(idOf(asked), leader)).status).toBe(200);
    expect((await officer.get(`/api/v1/stalls/${stall.code}`)).body).toMatchObject({ qr: { serial } });
  });

  it('and not when the stall has changed hands since', async () => {
    const place = await placeWithCode();
    const asked = await assign(place.stall.code, place.next.id);
    await endLease(place);
    expect(problemOf(await approve(idOf(asked), leader))).toEqual({ status: 409, code: 'approval_outdated' });
    expect((await officer.get(`/api/v1/approvals/${idOf(asked)}`)).body).toMatchObject({ state: 'failed' });
    expect(await accountsPaidInto(place)).toEqual([place.former.id]);
  });
});

async function trailOf(stall: SavedStall): Promise<[string, string][]> {
  const rows = await testApp.database.read((tx) =>
    sql<{ action: string; actor: string }>(
      tx,
      `SELECT action, actor_id AS actor FROM audit_entries WHERE subject_type = 'stall' AND subject_id = $1
       AND (action LIKE 'approval%' OR action LIKE 'account%') ORDER BY id`,
      [stall.code],
    ),
  );
  return rows.map(({ action, actor }) => [action, actor]);
}
