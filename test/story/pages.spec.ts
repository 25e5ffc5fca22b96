import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../e2e/app';
import { launchBrowser } from './browser';
import { type ConsolePage, enterSignIn, openConsole, savePicture, type Screen, SCREENS } from './console-page';
import { type ConsolePlace, DOORS, PLACES } from './pages';
import { makeProvince, type Province } from './province';

jest.setTimeout(60_000);

let testApp: TestApp;
let browser: Browser;
let province: Province;
beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  province = await makeProvince(testApp);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

/** Goes there and waits until everything has arrived. */
async function open(page: Page, place: ConsolePlace): Promise<void> {
  await page.goto(place.path(province));
  await page.getByRole('heading', { level: 1, name: place.heading, exact: true }).waitFor();
  await page.getByText(place.shows).filter({ visible: true }).first().waitFor();
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** What axe calls serious or critical: the rule and where it is broken. Of a long table the first rows stand for all. */
async function barriers(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
    .exclude('tbody tr:nth-child(n + 5)')
    .exclude('.board li:nth-child(n + 5)')
    // No frames of others to look into: without it every look opens a page of its own.
    .setLegacyMode();
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** How far the page can be pushed sideways, in pixels. */
function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

async function expectGoodPage(console: ConsolePage, screen: Screen, place: ConsolePlace): Promise<void> {
  const { page } = console;
  console.takeComplaints();
  await open(page, place);
  await savePicture(page, 'screenshots', `${place.name}-${SCREENS[screen].width}`);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  expect(console.takeComplaints()).toEqual([]);
}

async function expectGoodInTheDark(page: Page, place: ConsolePlace): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await savePicture(page, 'screenshots', `${place.name}-dark`);
  expect(await barriers(page, ['color-contrast'])).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Over the menu into the page, to what one came to do, and from anywhere to the search. */
async function expectGoodByKeyboard(page: Page, place: ConsolePlace): Promise<void> {
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Bỏ qua menu, đến nội dung');
  await page.keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
  if (place.action) expect(await tabTo(page, place.action)).toBe(true);
  await page.locator('main').focus();
  await page.keyboard.press('/');
  await page.locator('[role="search"] input[aria-label="Tìm chợ, tiểu thương, đợt gửi"]:focus').waitFor();
}

const MAX_TABS = 120;

/** Presses Tab until the main action of the page has the focus. */
async function tabTo(page: Page, { role, name }: NonNullable<ConsolePlace['action']>): Promise<boolean> {
  const focused = page.locator(':focus').and(page.getByRole(role, { name }));
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.count()) > 0) return true;
  }
  return false;
}

describe.each(['office', 'phone'] as const)('before the sign-in, %s', (screen) => {
  let stranger: ConsolePage;
  beforeAll(async () => {
    stranger = await openConsole(browser, testApp, screen);
  });
  afterAll(() => stranger.close());

  it.each(DOORS)('$name', (place) => expectGoodPage(stranger, screen, place));
});

describe.each(['office', 'phone'] as const)('every page, %s', (screen) => {
  let clerk: ConsolePage;
  beforeAll(async () => {
    clerk = await openConsole(browser, testApp, screen);
    await clerk.page.goto('/sign-in');
    await enterSignIn(clerk.page, province.staff);
  });
  afterAll(() => clerk.close());

  it.each(PLACES)('$name', async (place) => {
    await expectGoodPage(clerk, screen, place);
    if (screen === 'phone') return;
    await expectGoodInTheDark(clerk.page, place);
    await expectGoodByKeyboard(clerk.page, place);
  });
});
