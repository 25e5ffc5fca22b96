import { BanksService } from '../../src/banks/banks.service';
import { addDays, type BusinessDay, businessDay } from '../../src/kernel/business-day';
import { SYSTEM_SCOPE } from '../../src/kernel/scope';
import { LaunchesService } from '../../src/launches/launches.service';
import { MarketImportService } from '../../src/markets/market-import.service';
import { sql } from '../../src/platform/db/database';
import { type Actor, runAs } from '../../src/platform/actor';
import { CardPacksService } from '../../src/qr/card-packs.service';
import { QrIssuesService } from '../../src/qr/qr-issues.service';
import { seedReferenceData } from '../../src/reference-data';
import { AccountChangesService } from '../../src/vendors/account-changes/account-changes.service';
import { ConsentsService } from '../../src/vendors/consents.service';
import { PayoutAccountsService } from '../../src/vendors/payout-accounts.service';
import { accountInputSchema } from '../../src/vendors/tenancy.schema';
import { VendorImportService } from '../../src/vendors/vendor-import.service';
import { SEALED } from '../../src/platform/secrets/sealed-columns';
import { TEST_FIELDS } from '../database/test-secrets';
import type { TestApp } from '../e2e/app';
import { bankWithKey } from '../e2e/bank-client';
import { book, fixture } from '../e2e/posting';
import { saveStaff } from '../factories/staff.factory';
import { type LineToBe, makeSubmission } from '../factories/submission-lines';

export const MARKET = '92ST041';
/** Of Quách Kim Sen, the first of the board's list. */
const STALL_NUMBER = 'Ô 1A';
const BANK = '970436';
const FIRST_DAY = businessDay('2026-11-01');
const LAST_DAY = businessDay('2026-11-21');
const MISSING_DAY = businessDay('2026-11-12');

/** What the pages of a province are found by. */
export interface Province {
  readonly staff: { readonly email: string; readonly password: string };
  readonly stallCode: string;
  readonly vendorId: string;
  readonly accepted: string;
  readonly superseded: string;
  readonly rejected: string;
}

/** A province as it looks after three weeks, by the real services: enough of everything for every page to be full. */
export async function makeProvince(testApp: TestApp): Promise<Province> {
  await seedReferenceData(testApp.app);
  const { staff, colleague } = await testApp.database.write(async (tx) => ({
    staff: await saveStaff(tx, { fullName: 'Nguyễn Thị Lan' }),
    colleague: await saveStaff(tx, { fullName: 'Trần Văn Minh' }),
  }));
  // Does the work of jobs too, which reach every row.
  return runAs({ kind: 'staff', id: staff.id, scope: SYSTEM_SCOPE }, async () => {
    await register(testApp);
    await launch(testApp);
    const stalls = await accountsOf(testApp);
    const submissions = await reportDays(testApp, stalls);
    await askForSecondPeople(testApp, stalls, { kind: 'staff', id: colleague.id, scope: SYSTEM_SCOPE });
    const { stallCode, vendorId } = stalls.find(({ number }) => number === STALL_NUMBER) as StallAccount;
    return { staff, stallCode, vendorId, ...submissions };
  });
}

async function register({ app }: TestApp): Promise<void> {
  const list = (fileName: string) =>
    ({ fileName, bytes: fixture(`register/${fileName}`), dryRun: false, language: 'vi' }) as const;
  await app.get(MarketImportService, { strict: false }).import(list('markets.csv'));
  await app.get(VendorImportService, { strict: false }).import(MARKET, list('vendors-cho-nho.csv'));
  await app.get(PayoutAccountsService, { strict: false }).verifyMarket(MARKET, { how: 'bank_reply' });
  const consent = { purpose: 'stall_figures', textVersion: '2026-01', givenHow: 'form' } as const;
  await app.get(ConsentsService, { strict: false }).giveForMarket(MARKET, consent);
  await app.get(QrIssuesService, { strict: false }).issueForMarket(MARKET, undefined);
  const packs = app.get(CardPacksService, { strict: false });
  const { id } = await packs.request(MARKET, 'a4_sheet');
  await packs.make(id, new AbortController().signal);
}

const WAY = ['surveyed', 'planned', 'preparing', 'eligible', 'scheduled', 'launched', 'operating'] as const;

/** The market of the story goes the whole way, its neighbours a part of it; all on the day they were registered. */
async function launch({ app, clock }: TestApp): Promise<void> {
  const launches = app.get(LaunchesService, { strict: false });
  const step = { onDay: clock.today(), leadAgency: 'Sở Công Thương', reason: 'Theo kế hoạch triển khai của tỉnh' };
  const decision = { decisionNumber: '2145/QĐ-UBND', place: 'Cổng chính của chợ' };
  for (const [index, code] of [MARKET, '92ST006', '92ST005', '92ST004', '92ST003'].entries()) {
    for (const toState of WAY.slice(0, WAY.length - index)) {
      await launches.move(code, { ...step, toState, ...(toState === 'launched' && decision) });
    }
  }
}

interface StallAccount {
  readonly number: string;
  readonly stallCode: string;
  readonly vendorId: string;
  readonly account: string;
}

async function accountsOf({ database }: TestApp): Promise<StallAccount[]> {
  const rows = await database.read((tx) =>
    sql<Omit<StallAccount, 'account'> & { id: string; sealed: Buffer }>(
      tx,
      `SELECT s.number, s.code AS "stallCode", p.vendor_id AS "vendorId", p.id, p.account_number_sealed AS sealed
       FROM payout_assignments a JOIN payout_accounts p ON p.id = a.payout_account_id JOIN stalls s ON s.id = a.stall_id
       WHERE p.bank_bin = $1 ORDER BY s.sort_key, s.code`,
      [BANK],
    ),
  );
  return rows.map(({ id, sealed, ...stall }) => ({
    ...stall,
    account: TEST_FIELDS.open(SEALED.accountNumber, id, sealed).reveal(),
  }));
}

/** A colleague asks for another account of a stall; the reader of the story for a launch past the criteria. */
async function askForSecondPeople(
  { app, clock }: TestApp,
  stalls: readonly StallAccount[],
  colleague: Actor,
): Promise<void> {
  const { stallCode, vendorId } = stalls.find(({ number }) => number !== STALL_NUMBER) as StallAccount;
  await runAs(colleague, async () => {
    const input = accountInputSchema.parse({ bankBin: '970418', accountNumber: '99900045678' });
    const { id: accountId } = await app.get(PayoutAccountsService, { strict: false }).add(vendorId, input);
    const change = { accountId, fromDay: clock.today(), reason: 'Hộ mở tài khoản kinh doanh tại BIDV' };
    await app.get(AccountChangesService, { strict: false }).assign(stallCode, change);
  });
  await app.get(LaunchesService, { strict: false }).move('92ST003', {
    ...{ toState: 'launched', onDay: clock.today(), decisionNumber: '2146/QĐ-UBND' },
    ...{ leadAgency: 'Sở Công Thương', reason: 'Ra mắt cùng ngày với Chợ Nhu Gia' },
    overrideReason: 'UBND tỉnh yêu cầu ra mắt trong ngày Chuyển đổi số',
  });
}

/** Three weeks of one bank with one day missing, a stranger's account, one day corrected and one refused. */
async function reportDays(
  testApp: TestApp,
  stalls: readonly StallAccount[],
): Promise<Pick<Province, 'accepted' | 'superseded' | 'rejected'>> {
  const bank = await bankWithKey(testApp, BANK);
  await testApp.app.get(BanksService, { strict: false }).agreeOnReporting(BANK, FIRST_DAY);
  const report = (day: BusinessDay, reference: string, more: { revision?: number; part?: number } = {}) =>
    book(testApp, bank, makeSubmission({ bank: BANK, reference, day, lines: takings(stalls, day), ...more }));
  for (let day = FIRST_DAY; day < LAST_DAY; day = addDays(day, 1)) {
    if (day !== MISSING_DAY) await report(day, `VCB-${day.replaceAll('-', '')}`);
  }
  const superseded = await report(LAST_DAY, 'VCB-20261121');
  const accepted = await report(LAST_DAY, 'VCB-20261121-R2', { revision: 2 });
  const wrong = makeSubmission({
    bank: BANK,
    reference: 'VCB-20261112-SAI',
    day: MISSING_DAY,
    lines: takings(stalls, MISSING_DAY),
  });
  const rejected = await book(testApp, bank, wrong.replace(/\nT,.*/, '\nT,1,1,1,0,0'));
  return { superseded: superseded.id, accepted: accepted.id, rejected: rejected.id };
}

/** More at weekends, more at the first stalls; the same at every run. */
function takings(stalls: readonly StallAccount[], day: BusinessDay): LineToBe[] {
  const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  const lines = stalls.map(({ account }, index) => {
    const count = (weekend ? 24 : 14) + ((index * 7 + Number(day.slice(-2))) % 9);
    return { account, count, amount: count * (41_000 + ((index * 1_300) % 17_000)) };
  });
  return [...lines, { account: '0009224385', count: 2, amount: 315_000 }];
}
