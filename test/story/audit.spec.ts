import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { AuditSealer } from '../../src/audit/audit-sealer';
import { AuditWatch } from '../../src/audit/audit-watch';
import { AuditService } from '../../src/audit/audit.service';
import { type Actor, runAs } from '../../src/platform/actor';
import { execute } from '../../src/platform/db/database';
import { withAdmin } from '../database/test-server';
import { startTestApp, TEST_NOW, type TestApp } from '../e2e/app';
import { saveStaff, type SavedStaff } from '../factories/staff.factory';
import { launchBrowser } from './browser';
import { type ConsolePage, enterSignIn, openConsole, savePicture, type Screen, SCREENS } from './console-page';

jest.setTimeout(60_000);

const SYSTEM: Actor = { kind: 'system', id: 'sweep' };
let testApp: TestApp;
let browser: Browser;
let auditor: SavedStaff;
beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  await testApp.database.write((tx) =>
    execute(tx, `INSERT INTO settings VALUES ('province', '{"code": "92", "name": "Thành phố Cần Thơ"}')`),
  );
  auditor = await testApp.database.write((tx) => saveStaff(tx, { role: 'auditor', fullName: 'Lê Minh Kiểm' }));
  await trail();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

/** Sixty small things, and a change that is worth looking at. */
async function trail(): Promise<void> {
  const audit = testApp.app.get(AuditService, { strict: false });
  const officer = await testApp.database.write((tx) => saveStaff(tx, { fullName: 'Trần Văn Sáu' }));
  const lan: Actor = { kind: 'staff', id: officer.id, address: '203.0.113.7', traceId: '01a205ce-063c-713e' };
  await runAs({ ...lan, scope: { kind: 'province', codes: ['92'] } }, () =>
    testApp.database.write(async (tx) => {
      for (let day = 1; day <= 60; day += 1)
        await audit.record(tx, { action: 'signed_in', subjectType: 'staff', subjectId: officer.id });
      await audit.record(tx, { action: 'from_a_newer_version', subjectType: 'thing', subjectId: 'x-1' });
      await audit.record(tx, {
        action: 'market_changed',
        subjectType: 'market',
        subjectId: '92ST041',
        before: { name: 'Chợ Bông Sen', points: 249, fixed: true, phone: '090****986', address: null },
        after: { name: '<b>Chợ Hoa Sen</b>', points: 249, fixed: false, phone: '090****986', address: 'Ấp 1' },
        reason: 'Theo đề nghị của ban quản lý chợ',
      });
    }),
  );
  await runAs(SYSTEM, () => testApp.app.get(AuditWatch, { strict: false }).lookOver());
}

async function signedIn(screen: Screen): Promise<ConsolePage> {
  const console = await openConsole(browser, testApp, screen);
  await console.page.goto('/sign-in');
  await enterSignIn(console.page, auditor);
  console.takeComplaints();
  return console;
}

async function expectGood(console: ConsolePage, name: string): Promise<void> {
  const { page } = console;
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await savePicture(page, 'screenshots', name);
  const { violations } = await new AxeBuilder({ page }).exclude('tbody tr:nth-child(n + 5)').setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(sideways)).toBe(0);
  expect(console.takeComplaints()).toEqual([]);
}

it.each(['office', 'phone'] as const)('an auditor finds a change and sees what it changed, %s', async (screen) => {
  const console = await signedIn(screen);
  const { page } = console;
  const { width } = SCREENS[screen];
  await page.goto('/audit');
  await page.getByText('Nhật ký nguyên vẹn').waitFor();
  await page.getByText('from_a_newer_version').waitFor();
  await expectGood(console, `audit-${width}`);

  await page.getByLabel('Người thực hiện').fill('tran van sau');
  await page.waitForURL('**/audit?actor=tran+van+sau');
  await page.getByLabel('Tìm trong nhật ký').fill('92st041');
  await page.getByText('1 mục', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?actor=tran+van+sau&q=92st041');
  await page.getByRole('link', { name: 'Sửa thông tin chợ' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sửa thông tin chợ' }).waitFor();
  await page.getByText('<b>Chợ Hoa Sen</b>').waitFor();
  expect(await page.locator('del').allInnerTexts()).toEqual(['Chợ Bông Sen', 'Có']);
  expect(await page.locator('ins').allInnerTexts()).toEqual(['<b>Chợ Hoa Sen</b>', 'Không', 'Ấp 1']);
  await expectGood(console, `audit-entry-${width}`);

  await page.getByRole('link', { name: 'Mọi việc với bản ghi này' }).click();
  await page.getByText('Chỉ những việc với Chợ 92ST041.').waitFor();
  await page.getByRole('button', { name: 'Bỏ điều kiện này' }).click();
  await page.getByText('Chỉ những việc với').waitFor({ state: 'detached' });
  await console.close();
});

it('an alarm stands on top when the chain is broken', async () => {
  await runAs(SYSTEM, () => testApp.app.get(AuditSealer, { strict: false }).seal());
  await withAdmin(testApp.urls.ownerUrl, async (owner) => {
    await owner.query(
      `ALTER TABLE audit_entries DISABLE TRIGGER ALL; ALTER TABLE audit_entries NO FORCE ROW LEVEL SECURITY`,
    );
    await owner.query(`DELETE FROM audit_entries WHERE id = 7`);
  });
  testApp.clock.set(new Date(TEST_NOW.getTime() + 1_000));
  await runAs(SYSTEM, () => testApp.app.get(AuditWatch, { strict: false }).lookOver());
  const console = await signedIn('office');
  await console.page.goto('/audit');
  await console.page.getByRole('alert').getByText('Nhật ký đã bị xoá một mục').waitFor();
  await expectGood(console, 'audit-broken-1366');
  await console.close();
});
