import { parse } from 'csv-parse/sync';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cleanText } from '../../src/kernel/text';
import { startTestApp, type TestApp } from '../e2e/app';
import { type ConsoleClient, signInAs } from '../e2e/console-client';
import { fixture } from '../e2e/posting';
import { launchBrowser } from './browser';
import { type ConsolePage, openConsole } from './console-page';
import { CORPUS } from './markup-corpus';
import { placesOf, unknownPages, type Viewer } from './markup-places';
import { type PlantedProvince, plantProvince } from './markup-world';

jest.setTimeout(180_000);

let testApp: TestApp;
let browser: Browser;
let province: PlantedProvince;
let auditor: ConsoleClient;

beforeAll(async () => {
  testApp = await startTestApp({ console: true, workers: false });
  [province, browser] = await Promise.all([plantProvince(testApp), launchBrowser()]);
  auditor = await signInAs(testApp, { role: 'auditor' });
});
afterAll(async () => {
  await browser?.close();
  await testApp?.stop();
});

/** What only a text that has become more than text can have brought into a page. */
const GROWN =
  '.planted, [onerror], [onload], [onfocus], [ontoggle], [onmouseover], [onstart], iframe, object, embed, marquee, base,' +
  'meta[http-equiv=refresh], [href^="javascript:"], [href^="data:text"], [href*="evil.example"], [src*="evil.example"],' +
  '[action*="evil.example"], title script, svg script';

/** In every page before anything else: whoever is run says so, and so does the policy when it had to stop somebody. */
const WITNESS = `
  window.said = [];
  window.planted = (which) => window.said.push('ran: ' + which);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    window.said.push('policy: ' + [violatedDirective, blockedURI, sample].join(' ')));`;

/** What a page shows, as text: what stands in it and in its fields. */
const TEXT = `document.documentElement.textContent + ' ' +
  [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' ')`;

interface Look {
  readonly findings: string[];
  readonly text: string;
}

const WAIT_MS = 10_000;

/** A browser of one person's own in which everything suspicious is written down. */
class Watch {
  private readonly findings: string[] = [];

  private constructor(private readonly screen: ConsolePage) {
    const { page } = screen;
    page.on('dialog', (dialog) => {
      this.findings.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(testApp.url) && !/^(?:data|blob):/.test(request.url())) {
        this.findings.push(`asked for ${request.url()}`);
      }
    });
  }

  get page(): Page {
    return this.screen.page;
  }

  close(): Promise<void> {
    return this.screen.close();
  }

  static async as({ cookie }: ConsoleClient): Promise<Watch> {
    const screen = await openConsole(browser, testApp);
    await addCookie(screen.page.context(), cookie);
    await screen.page.addInitScript(WITNESS);
    return new Watch(screen);
  }

  /** Opens a page, waits until everything has arrived, and tells what is wrong with it. */
  async look(path: string): Promise<Look> {
    await this.page.goto(path);
    const heading = this.page.getByRole('heading', { level: 1 }).first();
    await heading.waitFor({ timeout: WAIT_MS }).catch(() => this.findings.push('no heading'));
    await this.page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' });
    return this.tell();
  }

  async tell(): Promise<Look> {
    const said = await this.page.evaluate<string[]>('window.said');
    const grown = await this.page.locator(GROWN).evaluateAll((nodes) => nodes.map((node) => node.outerHTML));
    const complaints = this.screen.takeComplaints().filter((text) => !/status of 40[34]/.test(text));
    const findings = [...this.findings.splice(0), ...said, ...grown.slice(0, 3), ...complaints];
    return { findings, text: await this.page.evaluate<string>(TEXT) };
  }
}

async function addCookie(context: BrowserContext, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: testApp.url }]);
}

it('every text that the API takes has been given several of them, and all of them are used', () => {
  const { planting } = province;
  const thin = planting.fields().filter((field) => (planting.planted.get(field)?.size ?? 0) < 3);
  expect(thin).toEqual([]);
  const used = new Set([...planting.planted.values()].flatMap((texts) => [...texts]));
  expect(CORPUS.filter((text) => !used.has(text))).toEqual([]);
  expect(new Set(CORPUS).size).toBeGreaterThanOrEqual(60);
});

it('no page of the console is forgotten', () => {
  expect(unknownPages()).toEqual([]);
});

it('on every page they are text: nothing runs, nothing grows, nothing is asked for, and all of it can be read', async () => {
  const { body } = await auditor.get('/api/v1/audit-entries?limit=1');
  const [entry] = body.items as unknown as { id: string }[];
  const people = { officer: province.officer, admin: province.admin, auditor };
  const watches = new Map<Viewer, Watch>();
  for (const [viewer, client] of Object.entries(people)) watches.set(viewer as Viewer, await Watch.as(client));
  const findings: Record<string, string[]> = {};
  let shown = '';
  for (const { viewer, path } of placesOf(province, entry?.id ?? '')) {
    const look = await (watches.get(viewer) as Watch).look(path);
    if (look.findings.length > 0) findings[path] = look.findings;
    shown += look.text;
  }
  await Promise.all([...watches.values()].map((watch) => watch.close()));
  expect(findings).toEqual({});
  expect(CORPUS.map(cleanText).filter((text) => !shown.includes(text))).toEqual([]);
});

it.each([
  ['/markets/import', 'markets.csv', ','],
  ['/markets/92MK000/stalls/import', 'vendors-cho-nho.csv', ';'],
])('a list of them is told back as text at %s', async (path, list, delimiter) => {
  const [header = ''] = fixture(`register/${list}`).toString().split(/\r?\n/);
  const columns = header.split(delimiter).length;
  const quoted = CORPUS.map((text) => `"${text.replaceAll('"', '""')}"`);
  const rows = quoted.map((_text, at) =>
    Array.from({ length: columns }, (_, column) => quoted[(at + column) % quoted.length]).join(delimiter),
  );
  const watch = await Watch.as(province.officer);
  await watch.look(path);
  const file = { name: '<img src=x onerror=planted(9)>.csv', mimeType: 'text/csv' };
  await watch.page
    .getByLabel('Chọn tệp CSV')
    .setInputFiles({ ...file, buffer: Buffer.from([header, ...rows].join('\n')) });
  await watch.page.getByText(/^Xem thử/).waitFor();
  const { findings, text } = await watch.tell();
  await watch.close();
  expect(findings).toEqual([]);
  expect(text).toContain(file.name);
});

it('the documentation of the API, opened in a browser, keeps the policy', async () => {
  const watch = await Watch.as(province.officer);
  await watch.page.goto('/api/docs');
  await watch.page.getByText('Chợ 4.0').first().waitFor();
  const said = await watch.page.evaluate<string[]>('window.said');
  await watch.close();
  expect(said).toEqual([]);
});

describe('as files', () => {
  const serials = (): string[] => province.markets.map(({ serial }) => serial).filter(Boolean);

  it('pictures of codes grow nothing', async () => {
    const watch = await Watch.as(province.officer);
    for (const serial of serials()) {
      await watch.page.goto(`/api/v1/qr-issues/${serial}/code.svg`);
      const nodes = await watch.page.locator(`script, foreignObject, image, a, ${GROWN}`).count();
      expect([serial, nodes, await watch.page.evaluate('window.said')]).toEqual([serial, 0, []]);
    }
    await watch.close();
  });

  it('cards have no action, script or link', async () => {
    expect(serials().length).toBeGreaterThan(0);
    for (const serial of serials()) {
      const { status, bytes } = await province.officer.get(`/api/v1/qr-issues/${serial}/card.pdf`);
      expect([status, bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
      expect(bytes.toString('latin1')).not.toMatch(
        /\/(?:JavaScript|JS|OpenAction|AA|Launch|URI|EmbeddedFile|AcroForm)\b/,
      );
    }
  });

  it('lists have no cell that a spreadsheet would calculate', async () => {
    const { status, bytes } = await auditor.get('/api/v1/audit-entries/export.csv');
    expect(status).toBe(200);
    const rows = parse(bytes, { bom: true, delimiter: ';' });
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+$/.test(cell))).toEqual([]);
  });
});
