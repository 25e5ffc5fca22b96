import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../e2e/app';
import { type SavedMarket, type SavedStall, saveMarket, saveStall } from '../factories/market.factory';
import { saveStaff, type SavedStaff } from '../factories/staff.factory';
import { saveAccount, saveOccupiedStall } from '../factories/vendor.factory';
import { launchBrowser } from './browser';
import { type ConsolePage, enterSignIn, openConsole, savePicture, type Screen, SCREENS } from './console-page';

jest.setTimeout(60_000);

let testApp: TestApp;
let browser: Browser;
let people: { officer: SavedStaff; leader: SavedStaff };
beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  people = await testApp.database.write(async (tx) => ({
    officer: await saveStaff(tx, { fullName: 'Nguyễn Thị Lan' }),
    leader: await saveStaff(tx, { role: 'department_leader', fullName: 'Trần Văn Minh' }),
  }));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

async function stallWithTwoAccounts(): Promise<{ market: SavedMarket; stall: SavedStall; next: string }> {
  return testApp.database.write(async (tx) => {
    const market = await saveMarket(tx);
    const stall = await saveStall(tx, market);
    const { vendor } = await saveOccupiedStall(tx, stall);
    const { accountNumber } = await saveAccount(tx, vendor, { bankBin: '970418' });
    return { market, stall, next: `****${accountNumber.slice(-4)}` };
  });
}

async function signedIn(screen: Screen, staff: SavedStaff): Promise<ConsolePage> {
  const console = await openConsole(browser, testApp, screen);
  await console.page.goto('/sign-in');
  await enterSignIn(console.page, staff);
  console.takeComplaints();
  return console;
}

async function expectGood(console: ConsolePage, name: string): Promise<void> {
  const { page } = console;
  await savePicture(page, 'screenshots', name);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  expect(console.takeComplaints()).toEqual([]);
}

const dialogButton = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

it.each(['office', 'phone'] as const)('one asks for another account, another approves, %s', async (screen) => {
  const { width } = SCREENS[screen];
  const { market, stall, next } = await stallWithTwoAccounts();
  const stallPath = `/markets/${market.code}/stalls/${stall.code}`;
  const officer = await signedIn(screen, people.officer);
  await officer.page.goto(stallPath);
  await officer.page.getByRole('button', { name: 'Đổi tài khoản' }).click();
  await officer.page.getByRole('radio', { name: next }).waitFor();
  await officer.page.getByLabel('Lý do').fill('Hộ mở tài khoản kinh doanh mới');
  await expectGood(officer, `account-change-${width}`);
  await dialogButton(officer.page, 'Gửi đề nghị').click();
  await officer.page.getByText('Đang chờ duyệt đổi tài khoản').waitFor();
  await expectGood(officer, `account-change-pending-${width}`);
  await officer.close();

  const leader = await signedIn(screen, people.leader);
  await leader.page.goto('/inbox');
  const request = leader.page.getByRole('listitem').filter({ hasText: stall.code });
  await request.getByRole('button', { name: 'Duyệt' }).click();
  await expectGood(leader, `approve-${width}`);
  await dialogButton(leader.page, 'Duyệt').click();
  await leader.page.getByText('Không có đề nghị nào chờ bạn duyệt.').waitFor();
  await leader.page.goto(stallPath);
  await leader.page.getByText(next).first().waitFor();
  expect(await leader.page.getByText('Đang chờ duyệt đổi tài khoản').count()).toBe(0);
  expect(leader.takeComplaints()).toEqual([]);
  await leader.close();
});
