import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { execute } from '../../src/platform/db/database';
import { startTestApp, type TestApp } from '../e2e/app';
import { signInAs } from '../e2e/console-client';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveStaff, type SavedStaff } from '../factories/staff.factory';
import { saveOccupiedStall, type SavedVendor } from '../factories/vendor.factory';
import { launchBrowser } from './browser';
import { enterSignIn, openConsole, savePicture, type Screen, SCREENS } from './console-page';

jest.setTimeout(60_000);

let testApp: TestApp;
let browser: Browser;
let officer: SavedStaff;
let admin: SavedStaff;
let vendor: SavedVendor;
beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  await testApp.database.write(async (tx) => {
    await execute(tx, `INSERT INTO settings VALUES ('province', '{"code": "92", "name": "Thành phố Cần Thơ"}')`);
    officer = await saveStaff(tx, { fullName: 'Nguyễn Thị Lan' });
    admin = await saveStaff(tx, { role: 'system_admin', fullName: 'Lê Minh Quân' });
    const stall = await saveStall(tx, await saveMarket(tx, { name: 'Chợ Bông Sen' }), { number: 'Ô 12A' });
    ({ vendor } = await saveOccupiedStall(tx, stall));
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

async function expectGoodPage(page: Page, screen: Screen, name: string): Promise<void> {
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await savePicture(page, 'screenshots', `${name}-${SCREENS[screen].width}`);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
}

describe.each(['office', 'phone'] as const)('%s', (screen) => {
  it('a request is recorded, stands first, and is answered', async () => {
    const console = await openConsole(browser, testApp, screen);
    const { page } = console;
    await page.goto('/sign-in?from=/data-requests');
    await enterSignIn(page, officer);
    await page.getByRole('button', { name: 'Ghi yêu cầu' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Người yêu cầu', { exact: true }).fill(`Bà Sen ${screen}`);
    await dialog.getByLabel(/^Nội dung/).fill('Xin một bản sao dữ liệu');
    await savePicture(page, 'screenshots', `data-request-new-${SCREENS[screen].width}`);
    await dialog.getByRole('button', { name: 'Ghi yêu cầu' }).click();
    await page.getByText(`Bà Sen ${screen}`).first().waitFor();
    await page.getByText('Còn 2 ngày làm việc').first().waitFor();
    await expectGoodPage(page, screen, 'data-requests');
    await page.getByRole('button', { name: 'Trả lời' }).first().click();
    await page.getByRole('dialog').getByRole('textbox').fill('Đã đưa bản sao tại quầy');
    await page.getByRole('dialog').getByRole('button', { name: 'Trả lời' }).click();
    await page.getByText('Đã đưa bản sao tại quầy').first().waitFor();
    expect(console.takeComplaints()).toEqual([]);
    await console.close();
  });

  it('retention shows what is due, and removes nothing by being looked at', async () => {
    const console = await openConsole(browser, testApp, screen);
    const { page } = console;
    await page.goto('/sign-in?from=/retention');
    await enterSignIn(page, admin);
    await page.getByText('Hồ sơ nháp bỏ dở').first().waitFor();
    await expectGoodPage(page, screen, 'retention');
    expect(console.takeComplaints()).toEqual([]);
    await console.close();
  });

  it('a vendor sees the own page by the link, and asks', async () => {
    const client = await signInAs(testApp);
    const { body } = await client.post(`/api/v1/vendors/${vendor.id}/links`);
    const console = await openConsole(browser, testApp, screen);
    const { page } = console;
    await page.goto((body.link as unknown as string).replace(testApp.publicUrl, ''));
    await page.getByRole('heading', { level: 1, name: vendor.fullName }).waitFor();
    await page.getByText('Ô 12A').waitFor();
    await expectGoodPage(page, screen, 'mine');
    await page.getByLabel('Bà con muốn hỏi gì?').fill('Ai xem được tên tôi?');
    await page.getByRole('button', { name: 'Gửi' }).click();
    await page.getByText('Sẽ được trả lời chậm nhất ngày 24/11/2026.').first().waitFor();
    expect(console.takeComplaints()).toEqual([]);
    await console.close();
  });
});
