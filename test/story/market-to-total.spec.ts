import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BanksService } from '../../src/banks/banks.service';
import { businessDay } from '../../src/kernel/business-day';
import { sqlOne } from '../../src/platform/db/database';
import { runAs } from '../../src/platform/actor';
import { readCodes } from '../../src/qr/code-reader';
import { rasterPages } from '../../src/qr/pdf-raster';
import { A4_SHEET } from '../../src/qr/sheet-layout';
import { seedReferenceData } from '../../src/reference-data';
import { decodeVietQr } from '../../src/vietqr/decode-strict';
import { startTestApp, type TestApp } from '../e2e/app';
import { type BankClient, bankWithKey } from '../e2e/bank-client';
import { post } from '../e2e/posting';
import { saveStaff, type SavedStaff } from '../factories/staff.factory';
import { makeSubmission } from '../factories/submission-lines';
import { launchBrowser } from './browser';
import { type ConsolePage, enterSignIn, openConsole, savePicture } from './console-page';

/** Each step waits for what a page shows; the longest is the first load on a busy machine. */
jest.setTimeout(60_000);

const MARKETS = join(__dirname, '..', 'fixtures', 'register', 'markets.csv');
const VENDORS = join(__dirname, '..', 'fixtures', 'register', 'vendors-cho-nho.csv');
const MARKET = '92ST041';
const DAY = '2026-11-21';
const VIETCOMBANK = '970436';
/** The first row of the board's list: the stall that the story follows. */
const STALL = { number: 'Ô 1A', vendor: 'Quách Kim Sen', account: '0001402582' } as const;

let testApp: TestApp;
/** Runs the jobs, on the same database; comes up when the story needs it. */
let worker: TestApp | undefined;
let browser: Browser;
let clerk: ConsolePage;
let page: Page;
let staff: SavedStaff;
let bank: BankClient;
let isBroken = false;

beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  await seedReferenceData(testApp.app);
  staff = await testApp.database.write((tx) => saveStaff(tx));
  bank = await bankWithKey(testApp, VIETCOMBANK);
  const banks = testApp.app.get(BanksService, { strict: false });
  await runAs({ kind: 'cli', id: 'test' }, () => banks.agreeOnReporting(VIETCOMBANK, businessDay('2026-11-01')));
  browser = await launchBrowser();
  clerk = await openConsole(browser, testApp);
  page = clerk.page;
});
afterAll(async () => {
  await browser?.close();
  await worker?.stop();
  await testApp?.stop();
});

/** One step of the story; after one that failed the others cannot be told, and the page is kept as a picture. */
function step(name: string, act: () => Promise<void>): void {
  it(name, async () => {
    if (isBroken) throw new Error('an earlier step failed');
    try {
      await act();
      expect(clerk.takeComplaints()).toEqual([]);
    } catch (error) {
      isBroken = true;
      await savePicture(page, 'story', name.replace(/\W+/g, '-'));
      throw error;
    }
  });
}

const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
/** Exactly: the way to the next page says a longer name, and is still there for a moment. */
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialogButton = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();

/** Chooses a file, looks at the preview, registers. */
async function importFile(path: string, preview: string, register: string, done: string): Promise<void> {
  await page.getByLabel('Chọn tệp CSV').setInputFiles(path);
  await seen(preview);
  await button(register).click();
  await seen(done);
}

/** The row of the totals table that a market has on the province's page, cell by cell. */
async function totalsRow(name: string): Promise<string[]> {
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await row.waitFor();
  const cells = await row.getByRole('cell').allInnerTexts();
  return cells.map((text) => text.replaceAll('\u00a0', ' ').trim());
}

describe('from a market’s list to the province’s total', () => {
  step('a protected page leads to the sign-in and back', async () => {
    await page.goto('/markets');
    await page.waitForURL('**/sign-in?from=%2Fmarkets');
    await enterSignIn(page, staff);
    await heading('Chợ').waitFor();
    await seen('Chưa có chợ nào trong sổ');
  });

  step('the department’s list of markets comes in', async () => {
    await page.getByRole('link', { name: 'Nhập danh sách' }).first().click();
    await heading('Nhập danh sách chợ').waitFor();
    await importFile(
      MARKETS,
      'Xem thử “markets.csv”: 124 trong 124 dòng có thể ghi vào sổ',
      'Ghi 124 dòng vào sổ',
      'Đã ghi 124 trong 124 dòng của “markets.csv”',
    );
    await page.getByRole('link', { name: 'Xem danh sách chợ' }).click();
    await page.getByLabel('Tìm theo tên hoặc mã').fill('cho bong sen');
    await page.getByRole('rowheader', { name: 'Chợ Bông Sen' }).waitFor();
  });

  step('the board’s list of vendors comes in', async () => {
    await page.goto(`/markets/${MARKET}/stalls/import`);
    await importFile(
      VENDORS,
      'Xem thử “vendors-cho-nho.csv”: 45 trong 45 dòng có thể ghi vào sổ',
      'Ghi 45 dòng vào sổ',
      'Đã ghi 45 trong 45 dòng của “vendors-cho-nho.csv”',
    );
    await page.getByRole('link', { name: 'Tiếp tục: xác minh tài khoản và cấp mã QR' }).click();
  });

  step('accounts are verified and codes issued', async () => {
    await button('Xác minh').click();
    await dialogButton('Xác minh').click();
    await seen('Đã xác minh 45 tài khoản.');
    await button('Cấp mã').click();
    await dialogButton('Cấp mã').click();
    await seen('Đã cấp 45 mã QR.');
  });

  let pdf: Buffer;
  step('the sheet is printed', async () => {
    await button('Tạo tệp in').click();
    await seen('Đang vẽ 0 trên 45 thẻ');
    await seen('Có thể rời trang này; tệp in vẫn được làm tiếp và nằm ở đây khi xong.');
    worker = await startTestApp({ beside: testApp, workers: true });
    const link = page.getByRole('link', { name: /^Mở PDF/ });
    await link.waitFor();
    await seen('Mọi mã đã được đọc lại và khớp.');
    const opened = page.context().waitForEvent('response', (response) => response.url().includes('/card-packs/'));
    await link.click();
    expect((await opened).headers()).toMatchObject({ 'content-type': 'application/pdf' });
    const file = await page.context().request.get((await link.getAttribute('href')) as string);
    pdf = await file.body();
  });

  step('a code is scanned from its picture', async () => {
    const stall = await testApp.database.read((tx) =>
      sqlOne<{ code: string }>(tx, `SELECT code FROM stalls WHERE number = $1`, [STALL.number]),
    );
    const [sheet] = await collect(rasterPages(pdf, A4_SHEET.page, 200));
    const texts = (await readCodes(sheet!)).map(({ text }) => text).filter((text) => text.startsWith('000201'));
    expect(texts).toHaveLength(8);
    const fields = texts.map((text) => decodeVietQr(text));
    const expected = { bin: VIETCOMBANK, account: STALL.account, additional: { '08': stall?.code }, amount: null };
    expect(fields).toContainEqual(expect.objectContaining(expected));
  });

  step('the vendor agrees to figures of the stall', async () => {
    await page.getByRole('link', { name: 'Tiểu thương', exact: true }).first().click();
    await page.getByLabel('Tìm theo tên, số sạp').fill('quach kim sen');
    await page.getByRole('link', { name: STALL.vendor }).click();
    await button('Ghi nhận đồng ý bằng phiếu').click();
    await seen('Đã ghi nhận sự đồng ý.');
  });

  step('a bank posts its day and the total changes', async () => {
    await page.goto('/');
    await heading('Thành phố Cần Thơ').waitFor();
    await seen('Chưa có số liệu trong kỳ này');
    expect(await report('VCB-20261121', 1, 1_850_000)).toBe(202);
    await openSubmission('VCB-20261121', 'phần 1, lần 1');
    await seen('Chấp nhận');
    await page.goto('/');
    expect((await totalsRow('Chợ Nhu Gia')).slice(0, 3)).toEqual(['12', '1.850.000 ₫', '1.850.000 ₫']);
    await page.getByTitle(/^1.850.000\s₫$/).waitFor();
  });

  step('a correction replaces it', async () => {
    expect(await report('VCB-20261121-R2', 2, 2_350_000)).toBe(202);
    await openSubmission('VCB-20261121-R2', 'phần 1, lần 2');
    await seen('Chấp nhận');
    await openSubmission('VCB-20261121', 'phần 1, lần 1');
    await seen('Đã được một lần gửi mới hơn thay thế trọn vẹn');
    await page.getByRole('link', { name: 'Mở lần gửi thay thế' }).click();
    await heading('VCB-20261121-R2').waitFor();
    await page.goto('/');
    expect((await totalsRow('Chợ Nhu Gia')).slice(0, 3)).toEqual(['12', '2.350.000 ₫', '2.350.000 ₫']);
    await page.getByRole('link', { name: 'Chợ Nhu Gia' }).click();
    await heading('Chợ Nhu Gia').waitFor();
    expect((await totalsRow('Vietcombank')).slice(0, 2)).toEqual(['12', '2.350.000 ₫']);
  });

  step('all of it in English, and back', async () => {
    await button('English').click();
    await page.getByRole('link', { name: 'Overview' }).first().click();
    await seen('Cashless takings');
    expect((await totalsRow('Chợ Nhu Gia'))[1]).toBe('2,350,000 ₫');
    await button('Tiếng Việt').click();
    await seen('Doanh số không tiền mặt');
  });

  step('after signing out nothing is shown', async () => {
    await page.getByLabel('Tài khoản của Nguyễn Thị Lan').click();
    await button('Đăng xuất').click();
    await page.waitForURL('**/sign-in**');
    await page.goto(`/markets/${MARKET}`);
    await page.waitForURL(`**/sign-in?from=%2Fmarkets%2F${MARKET}`);
    await heading('Đăng nhập').waitFor();
  });
});

/** The bank's day with one line, for the stall that the code was scanned from. */
async function report(reference: string, revision: number, amount: number): Promise<number> {
  const lines = [{ account: STALL.account, count: 12, amount }];
  const body = makeSubmission({ bank: VIETCOMBANK, reference, day: DAY, revision, lines });
  return (await post(bank, body)).status;
}

async function openSubmission(reference: string, revision: string): Promise<void> {
  await page.goto(`/submissions?q=${reference}`);
  const row = page.getByRole('row').filter({ hasText: revision });
  await row.getByRole('link', { name: reference, exact: true }).click();
  await heading(reference).waitFor();
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
