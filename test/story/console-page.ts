import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { TEST_NOW, type TestApp } from '../e2e/app';

export const TEMPORARY = join(__dirname, '..', '..', '.tmp');

/** An office PC and a phone, the two places the console is used at (console.md). */
export const SCREENS = { office: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const;
export type Screen = keyof typeof SCREENS;

const WAIT_MS = 15_000;

export interface ConsolePage {
  readonly page: Page;
  /** What the browser complained about since the last call: errors, and what the content security policy forbade. */
  takeComplaints(): string[];
  close(): Promise<void>;
}

/** A browser of one person's own that stands at the server's time. */
export async function openConsole(
  browser: Browser,
  { publicUrl }: TestApp,
  screen: Screen = 'office',
): Promise<ConsolePage> {
  const context = await browser.newContext({
    baseURL: publicUrl,
    viewport: SCREENS[screen],
    hasTouch: screen === 'phone',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  await context.clock.setFixedTime(TEST_NOW);
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => isComplaint(message) && complaints.push(message.text()));
  return { page, takeComplaints: () => complaints.splice(0), close: () => context.close() };
}

/** Whoever asks for the session before the sign-in is told 401, and the browser writes that down. */
function isComplaint(message: ConsoleMessage): boolean {
  const { url } = message.location();
  return message.type() === 'error' && !url.endsWith('/api/v1/auth/session');
}

/** Fills in the sign-in that the page shows; the page that was asked for follows. */
export async function enterSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Thư điện tử').fill(email);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.waitForURL((address) => address.pathname !== '/sign-in');
}

/** For a person to look at; pictures of failures are all that is left of a page that is gone. */
export async function savePicture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(join(TEMPORARY, folder), { recursive: true });
  await page.screenshot({ path: join(TEMPORARY, folder, `${name}.png`), animations: 'disabled' });
}
