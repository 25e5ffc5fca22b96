import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '../../src/demo/demo-plan';
import { rasterPages } from '../../src/qr/pdf-raster';
import { A4_SHEET, A6_CARD, type SheetLayout } from '../../src/qr/sheet-layout';
import { freePort } from '../e2e/free-port';
import { launchBrowser } from './browser';
import { enterSignIn, SCREENS } from './console-page';

/** The officer of the demo: whose screens the README shows. */
const OFFICER = DEMO_SIGN_INS.find(({ role }) => role === 'department_officer')?.email ?? '';

const PROJECT = join(__dirname, '..', '..');
const PICTURES = join(PROJECT, 'docs', 'pictures');
const MARKET = '92ST041';
/** A little taller than an office screen, so that the chart is whole. */
const OFFICE = { width: 1366, height: 900 };
const CARD_DPI = 150;
const SHEET_DPI = 110;

interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

/** The demo as `npm run demo` starts it, on a free port and an empty folder. */
async function startDemo(): Promise<Demo> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cho40-pictures-'));
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/src/demo.js'], {
    cwd: PROJECT,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => line.startsWith('Mở (open)') && resolve());
    void gone.then(() => reject(new Error('the demo ended before it was ready')));
  });
  await ready;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signedIn(browser: Browser, url: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await enterSignIn(page, { email: OFFICER, password: DEMO_PASSWORD });
  return page;
}

/** Few colours, few bytes: every picture comes with each clone. */
async function save(name: string, picture: sharp.Sharp): Promise<void> {
  const { size } = await picture.png({ palette: true, compressionLevel: 9 }).toFile(join(PICTURES, `${name}.png`));
  process.stdout.write(`docs/pictures/${name}.png ${Math.round(size / 1024)} kB\n`);
}

async function takePage(page: Page, path: string, shows: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await save(name, sharp(await page.screenshot({ animations: 'disabled' })));
}

/** The first page of a PDF as it comes out of a printer. */
async function takePdf(context: BrowserContext, href: string, layout: SheetLayout, dpi: number, name: string) {
  const pdf = await (await context.request.get(href)).body();
  for await (const { data, width, height } of rasterPages(pdf, layout.page, dpi)) {
    await save(name, sharp(data, { raw: { width, height, channels: 1 } }));
    return;
  }
}

async function takePrints(page: Page): Promise<void> {
  await page.goto(`/markets/${MARKET}/cards`);
  await page.getByRole('button', { name: 'Tạo tệp in' }).click();
  const sheet = page.getByRole('link', { name: /^Mở PDF/ });
  await sheet.waitFor();
  await takePdf(page.context(), (await sheet.getAttribute('href')) ?? '', A4_SHEET, SHEET_DPI, 'sheet');
  await page.getByRole('cell').getByRole('button').first().click();
  const card = page.getByRole('dialog').getByRole('link', { name: 'Mở thẻ A6 (PDF)' });
  await takePdf(page.context(), (await card.getAttribute('href')) ?? '', A6_CARD, CARD_DPI, 'card');
}

/** `npm run pictures`: the pictures of the README, from the demo. */
async function main(): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const demo = await startDemo();
  const browser = await launchBrowser();
  try {
    const office = await signedIn(browser, demo.url, OFFICE);
    await takePage(office, '/', 'Tổng cộng', 'console-overview');
    await takePage(office, `/markets/${MARKET}/stalls`, '45 điểm kinh doanh', 'market');
    await takePrints(office);
    const phone = await signedIn(browser, demo.url, SCREENS.phone);
    await takePage(phone, '/', 'Tổng cộng', 'console-phone');
  } finally {
    await browser.close();
    await demo.stop();
  }
}

void main();
