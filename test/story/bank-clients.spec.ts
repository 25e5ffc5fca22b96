import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../e2e/app';
import { BankClient } from '../e2e/bank-client';
import { signInAs } from '../e2e/console-client';
import { saveStaff } from '../factories/staff.factory';
import { saveBank } from '../factories/vendor.factory';
import { launchBrowser } from './browser';
import { type ConsolePage, enterSignIn, openConsole, savePicture } from './console-page';

jest.setTimeout(60_000);

const BIN = '970436';
const PATH = `/bank-clients/${BIN}`;
const STALLS = '/api/v1/bank/stalls';

let testApp: TestApp;
let browser: Browser;
let office: ConsolePage;
let admin: { email: string; password: string };
beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  admin = await testApp.database.write(async (tx) => {
    await saveBank(tx, BIN, 'VCB');
    return saveStaff(tx, { role: 'system_admin' });
  });
  browser = await launchBrowser();
  office = await openConsole(browser, testApp);
  await office.page.goto(PATH);
  await enterSignIn(office.page, admin);
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

async function expectGood(console: ConsolePage, name: string): Promise<void> {
  await savePicture(console.page, 'screenshots', name);
  const { violations } = await new AxeBuilder({ page: console.page }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  expect(console.takeComplaints()).toEqual([]);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const dialog = (page: Page) => page.getByRole('dialog');

it('a test key is made, seen once, and works', async () => {
  const { page } = office;
  await page.getByRole('heading', { level: 1, name: 'VCB' }).waitFor();
  await press(page, 'Tạo khóa thử nghiệm');
  await expectGood(office, 'bank-key-new');
  await dialog(page).getByRole('button', { name: 'Tạo khóa thử nghiệm' }).click();
  const secret = await page.getByLabel('Bí mật (base64)').inputValue();
  await expectGood(office, 'bank-key-issued');
  await press(page, 'Tôi đã trao khóa');
  const [keyId = ''] = await page.getByRole('rowheader').allInnerTexts();
  expect(await page.content()).not.toContain(secret);
  const bank = new BankClient(testApp, BIN, { keyId, alg: 'hmac-sha256', secret });
  expect((await bank.get(STALLS)).body.total).toBe(6);
});

it('a live key is asked for, approved by another and collected', async () => {
  const { page } = office;
  await press(page, 'Đề nghị cấp khóa chạy thật');
  await page.getByLabel('Lý do').fill('Ngân hàng bắt đầu báo cáo từ tháng 12');
  await press(page, 'Gửi đề nghị');
  await page.getByText('Có đề nghị cấp khóa đang chờ duyệt').waitFor();
  const leader = await signInAs(testApp, { role: 'department_leader' });
  const { items } = (await leader.get('/api/v1/approvals?state=pending')).body as unknown as {
    items: { id: string }[];
  };
  expect((await leader.post(`/api/v1/approvals/${items[0]?.id}/approval`, {})).status).toBe(200);
  await page.reload();
  await press(page, 'Nhận khóa');
  await dialog(page).getByRole('button', { name: 'Nhận khóa' }).click();
  await page.getByLabel('Bí mật (base64)').waitFor();
  await press(page, 'Tôi đã trao khóa');
  await page.getByRole('button', { name: 'Nhận khóa', exact: true }).waitFor({ state: 'detached' });
  expect(await page.getByText('Đang dùng').count()).toBe(2);
});

it('addresses are set, and a wrong one says so', async () => {
  const { page } = office;
  await page.getByRole('button', { name: 'Sửa danh sách' }).first().click();
  await page.getByLabel('Mỗi dòng một địa chỉ hoặc mạng').fill('0.0.0.0/0');
  await press(page, 'Lưu danh sách');
  await dialog(page).getByRole('alert').waitFor();
  await page.getByLabel('Mỗi dòng một địa chỉ hoặc mạng').fill('203.0.113.7\n2001:db8::/48');
  await press(page, 'Lưu danh sách');
  await page.getByText('2001:db8::/48, 203.0.113.7/32').waitFor();
  // The refused list was told by a status that the browser writes down.
  expect(office.takeComplaints().filter((complaint) => !complaint.includes('422'))).toEqual([]);
});

it('suspended and retired keys say so; nothing of it is wider than a phone', async () => {
  const { page } = office;
  await page.getByRole('button', { name: 'Tạm ngừng' }).first().click();
  await dialog(page).getByRole('button', { name: 'Tạm ngừng' }).click();
  await page.getByRole('button', { name: 'Cho dùng lại' }).waitFor();
  await expectGood(office, 'bank-client-1366');
  await page.goto('/bank-clients');
  await page.getByText('1 tổ chức').waitFor();
  await expectGood(office, 'bank-clients-1366');
  const phone = await openConsole(browser, testApp, 'phone');
  await phone.page.goto(PATH);
  await enterSignIn(phone.page, admin);
  await phone.page.getByRole('heading', { level: 1, name: 'VCB' }).waitFor();
  expect(await phone.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
    0,
  );
  await expectGood(phone, 'bank-client-390');
  await phone.close();
});
