import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { execute } from '../../src/platform/db/database';
import { startTestApp, type TestApp } from '../e2e/app';
import { type ConsoleClient, signInAs } from '../e2e/console-client';
import { freePort } from '../e2e/free-port';
import { saveMarket } from '../factories/market.factory';
import { saveStaff, type SavedStaff } from '../factories/staff.factory';
import { launchBrowser } from './browser';
import { type ConsolePage, enterSignIn, openConsole, savePicture, type Screen, SCREENS } from './console-page';

jest.setTimeout(90_000);

let testApp: TestApp;
let browser: Browser;
let admin: SavedStaff;
let leader: ConsoleClient;
beforeAll(async () => {
  const environment = {
    // Nobody listens there: the button stands on the page, and pressing it tells that the service is away.
    OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`,
    OIDC_CLIENT_ID: 'cho40',
    OIDC_CLIENT_SECRET: 'a-secret-of-this-test-only',
    OIDC_LABEL: 'tài khoản Cần Thơ',
  };
  testApp = await startTestApp({ console: true, workers: false, environment });
  admin = await testApp.database.write(async (tx) => {
    await execute(tx, `INSERT INTO settings VALUES ('province', '{"code": "92", "name": "Thành phố Cần Thơ"}')`);
    await saveMarket(tx, { code: '92ST041', name: 'Chợ Nhu Gia' });
    await saveMarket(tx, { code: '92ST002', name: 'Chợ Tâm Trung' });
    await saveStaff(tx, { fullName: 'Đặng Thị Hoài', role: 'auditor' });
    await saveStaff(tx, {
      fullName: 'Ấu Văn Bảy',
      role: 'market_board',
      state: 'disabled',
      area: { kind: 'markets', codes: ['92ST041', '92ST002'] },
    });
    return saveStaff(tx, { role: 'system_admin', fullName: 'Bùi Văn An' });
  });
  leader = await signInAs(testApp, { role: 'department_leader', fullName: 'Trần Văn Minh' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

async function expectGood(console: ConsolePage, name: string): Promise<void> {
  const { page } = console;
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await savePicture(page, 'screenshots', name);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect([sideways, console.takeComplaints()]).toEqual([0, []]);
}

async function signedIn(screen: Screen): Promise<ConsolePage> {
  const console = await openConsole(browser, testApp, screen);
  await console.page.goto('/sign-in');
  await enterSignIn(console.page, admin);
  console.takeComplaints();
  return console;
}

it.each(['office', 'phone'] as const)(
  'the door offers the province’s account, and says when it is away: %s',
  async (screen) => {
    const console = await openConsole(browser, testApp, screen);
    const { page } = console;
    await page.goto('/sign-in?problem=oidc_refused');
    await page.getByText('Không đăng nhập được bằng tài khoản của tỉnh').waitFor();
    await expectGood(console, `sign-in-identity-${SCREENS[screen].width}`);
    await page.getByRole('button', { name: 'Đăng nhập bằng tài khoản Cần Thơ' }).click();
    await page.getByText('hiện không trả lời').waitFor();
    await enterSignIn(page, admin);
    await console.close();
  },
);

it.each(['office', 'phone'] as const)('one invites, another approves, the link is shown once: %s', async (screen) => {
  const { width } = SCREENS[screen];
  const name = screen === 'office' ? 'Nguyễn Thị Mít' : 'Phạm Thị Xoài';
  const console = await signedIn(screen);
  const { page } = console;
  await page.goto('/people');
  await page.getByText('Đặng Thị Hoài').filter({ visible: true }).first().waitFor();
  await expectGood(console, `people-${width}`);
  await page.getByRole('link', { name: 'Mời người dùng' }).click();
  await page.getByLabel('Email').fill(`moi.${width}@example.vn`);
  await page.getByLabel('Họ tên').fill(name);
  // By keyboard: the list opens on its first entry.
  const role = page.getByRole('combobox', { name: 'Vai trò' });
  await role.press('ArrowDown');
  await page.getByTitle('Ban quản lý chợ').waitFor();
  await role.press('Enter');
  await page.getByText('in thẻ của chợ mình').waitFor();
  const markets = page.getByRole('combobox', { name: 'Chợ' });
  await markets.fill('nhu gia');
  await page.getByTitle('Chợ Tâm Trung (92ST002)').waitFor({ state: 'detached' });
  await page.getByTitle('Chợ Nhu Gia (92ST041)').first().waitFor();
  await markets.press('Enter');
  await markets.press('Escape');
  await page.getByLabel('Căn cứ, lý do').fill('Quyết định 15/QĐ-SCT');
  await expectGood(console, `people-new-${width}`);
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByText('Đề nghị cấp quyền đang chờ duyệt').waitFor();
  await expectGood(console, `person-requested-${width}`);
  const { body } = await leader.get('/api/v1/approvals?waiting=for_me&kind=role_grant');
  const [asked] = body.items as unknown as { id: string }[];
  expect((await leader.post(`/api/v1/approvals/${asked?.id}/approval`)).status).toBe(200);
  await page.reload();
  await page.getByRole('button', { name: 'Tạo liên kết kích hoạt' }).click();
  await page.getByRole('button', { name: 'Tạo liên kết', exact: true }).click();
  const field = page.getByLabel('Liên kết dùng một lần', { exact: true });
  await field.waitFor();
  expect(await field.inputValue()).toMatch(/\/activate#[\w-]{43}$/);
  await expectGood(console, `person-link-${width}`);
  await page.getByRole('button', { name: 'Đóng', exact: true }).click();
  await field.waitFor({ state: 'detached' });
  await page.getByText('Tạo liên kết cho cán bộ').filter({ visible: true }).first().waitFor();
  await expectGood(console, `person-${width}`);
  await page.getByRole('link', { name: 'Đổi vai trò' }).click();
  await page.getByRole('heading', { level: 1, name: 'Đổi vai trò, phạm vi' }).waitFor();
  await expectGood(console, `person-role-${width}`);
  await console.close();
});
