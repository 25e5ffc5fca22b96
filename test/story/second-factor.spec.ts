import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../e2e/app';
import { CodeApp } from '../e2e/second-factor';
import { saveStaff, type SavedStaff } from '../factories/staff.factory';
import { launchBrowser } from './browser';
import { type ConsolePage, openConsole, savePicture } from './console-page';

jest.setTimeout(60_000);

const MINUTE = 60_000;

let testApp: TestApp;
let browser: Browser;
let admin: ConsolePage;
let page: Page;
let staff: SavedStaff;
let app: CodeApp;
let recoveryCode = '';

beforeAll(async () => {
  testApp = await startTestApp({
    console: true,
    consoleHost: 'localhost',
    workers: false,
    environment: { SECOND_FACTOR: 'required' },
  });
  staff = await testApp.database.write((tx) => saveStaff(tx, { role: 'system_admin', fullName: 'Trần Văn Bình' }));
  browser = await launchBrowser();
  admin = await openConsole(browser, testApp, 'phone');
  page = admin.page;
  await addVirtualDevice();
});
afterAll(async () => {
  if (page) await savePicture(page, 'story', 'second-factor-last');
  await browser?.close();
  await testApp?.stop();
});

/** A phone with a fingerprint sensor, on which the right finger always lies. */
async function addVirtualDevice(): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function enterPassword(): Promise<void> {
  await page.getByLabel('Thư điện tử').fill(staff.email);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(staff.password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}

async function signOut(): Promise<void> {
  await page.getByLabel('Tài khoản của Trần Văn Bình').click();
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Đăng nhập' }).waitFor();
}

it('an administrator without a second factor is led to the own account, whatever page is wanted', async () => {
  await page.goto('/markets');
  await enterPassword();
  await page.waitForURL('**/account');
  await page.getByText('Cần bật xác thực hai lớp trước khi làm việc').waitFor();
  await page.getByRole('button', { name: 'Bật ứng dụng tạo mã' }).waitFor();
  await savePicture(page, 'screenshots', 'account-must-enrol-390');
});

it('sets a code app up, keeps the recovery codes, and may go on', async () => {
  await page.getByRole('button', { name: 'Bật ứng dụng tạo mã' }).click();
  await page.getByRole('img', { name: 'Hình QR để ứng dụng tạo mã quét' }).waitFor();
  await savePicture(page, 'screenshots', 'account-app-390');
  const secret = await page.getByRole('dialog').locator('strong.totp-secret').innerText();
  app = new CodeApp(testApp, secret.replace(/ /g, ''));
  await page.getByLabel('Mã trong ứng dụng').fill(app.code());
  await page.getByRole('button', { name: 'Hoàn tất' }).click();
  const codes = page.getByRole('list', { name: 'Mã dự phòng' }).getByRole('listitem');
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  recoveryCode = await codes.first().innerText();
  await savePicture(page, 'screenshots', 'account-recovery-390');
  await page.getByRole('button', { name: 'Tôi đã lưu' }).click();
  await page.getByText('Còn 10 mã chưa dùng.').waitFor();
  expect(await page.getByText('Cần bật xác thực hai lớp trước khi làm việc').count()).toBe(0);
});

it('later adds a passkey: the page asks who sits there and then goes on by itself', async () => {
  testApp.clock.advanceMs(11 * MINUTE);
  await page.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
  await page.getByLabel('Tên thiết bị').fill('Điện thoại của tôi');
  await page.getByRole('button', { name: 'Tạo khóa trên thiết bị' }).click();
  const asked = page.getByRole('dialog', { name: 'Xác nhận đúng là bạn' });
  await asked.getByLabel('Mật khẩu', { exact: true }).fill(staff.password);
  await asked.getByLabel('Mã trong ứng dụng').fill(app.nextCode());
  await savePicture(page, 'screenshots', 'step-up-390');
  await asked.getByRole('button', { name: 'Xác nhận' }).click();
  await page.getByText('Đã thêm khóa truy cập.').waitFor();
  await page.getByText('chưa dùng', { exact: false }).first().waitFor();
});

it('signs in with the passkey alone', async () => {
  await signOut();
  await page.getByRole('button', { name: 'Đăng nhập bằng khóa truy cập' }).click();
  await page.waitForURL((address) => address.pathname !== '/sign-in');
});

it('signs in with password and recovery code', async () => {
  await signOut();
  await enterPassword();
  await page.getByRole('heading', { level: 1, name: 'Xác nhận đăng nhập' }).waitFor();
  await savePicture(page, 'screenshots', 'sign-in-second-390');
  await page.getByRole('button', { name: 'Không có điện thoại: dùng mã dự phòng' }).click();
  await page.getByLabel('Mã dự phòng').fill(recoveryCode.toLowerCase());
  await page.getByRole('button', { name: 'Xác nhận' }).click();
  await page.waitForURL((address) => address.pathname !== '/sign-in');
  await page.goto('/account');
  await page.getByText('Còn 9 mã chưa dùng.').waitFor();
});
