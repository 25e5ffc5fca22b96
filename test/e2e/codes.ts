import sharp from 'sharp';
import { type BusinessDay, businessDay } from '../../src/kernel/business-day';
import { execute, sqlOne, type Tx } from '../../src/platform/db/database';
import { runAs } from '../../src/platform/actor';
import { readCodes } from '../../src/qr/code-reader';
import { rasterPages, type PageSize } from '../../src/qr/pdf-raster';
import { QrIssuesService } from '../../src/qr/qr-issues.service';
import { type SavedMarket, type SavedStall, saveMarket, saveStall } from '../factories/market.factory';
import { saveAccount, saveAssignment, saveLease, saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { type ConsoleClient, signInAs } from './console-client';

/** What is drawn in a PNG or SVG, read as a phone would. */
export async function codesOfPicture(file: Buffer): Promise<string[]> {
  const { data, info } = await sharp(file)
    .resize(800)
    .flatten()
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (await readCodes({ width: info.width, height: info.height, data })).map(({ text }) => text);
}

/** All codes of a PDF, page by page. */
export async function codesOfPdf(file: Buffer, size: PageSize): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const picture of rasterPages(file, size, 150)) {
    pages.push((await readCodes(picture)).map(({ text }) => text));
  }
  return pages;
}

/** `count` stalls of the market that may have a code. */
export async function saveReadyStalls(tx: Tx, market: SavedMarket, count: number): Promise<SavedStall[]> {
  const stalls: SavedStall[] = [];
  for (let n = 0; n < count; n += 1) {
    const stall = await saveStall(tx, market);
    await saveOccupiedStall(tx, stall);
    stalls.push(stall);
  }
  return stalls;
}

/** From this day on the stall's customers pay into another account of the same vendor. */
export async function changeAccount(tx: Tx, stall: SavedStall, from: BusinessDay): Promise<string> {
  const [vendor] = await endOn(tx, 'payout_assignments', stall, from);
  const account = await saveAccount(tx, { id: vendor ?? '', fullName: 'Người Bán' });
  await saveAssignment(tx, stall, account, { fromDay: from });
  return account.accountNumber;
}

/** From this day on another vendor holds the stall, with an account of their own. */
export async function changeVendor(tx: Tx, stall: SavedStall, from: BusinessDay): Promise<void> {
  await endOn(tx, 'leases', stall, from);
  await endOn(tx, 'payout_assignments', stall, from);
  const vendor = await saveVendor(tx);
  await saveLease(tx, stall, vendor, { fromDay: from });
  await saveAssignment(tx, stall, await saveAccount(tx, vendor), { fromDay: from });
}

/** Ends what runs on the day before. @returns the vendor who holds the stall */
async function endOn(
  tx: Tx,
  table: 'leases' | 'payout_assignments',
  stall: SavedStall,
  from: BusinessDay,
): Promise<string[]> {
  await execute(tx, `UPDATE ${table} SET to_day = $2::date - 1 WHERE stall_id = $1 AND to_day IS NULL`, [
    stall.id,
    from,
  ]);
  const rows = (await tx.query('SELECT vendor_id FROM leases WHERE stall_id = $1', [stall.id])) as {
    vendor_id: string;
  }[];
  return rows.map(({ vendor_id }) => vendor_id);
}

export const TODAY = businessDay('2026-11-22');

export interface Issue {
  readonly serial: string;
  readonly issueNo: number;
  readonly stallCode: string;
  readonly state: string;
  readonly retiredReason: string | null;
}

/** A clerk who issues codes, and what tests look at behind their back. */
export class CodesDesk {
  private constructor(
    readonly testApp: TestApp,
    readonly client: ConsoleClient,
  ) {}

  static async open(): Promise<CodesDesk> {
    const testApp = await startTestApp({ workers: false });
    return new CodesDesk(testApp, await signInAs(testApp));
  }

  close(): Promise<void> {
    return this.testApp.stop();
  }

  /** A market of its own for every test, with stalls that may have a code. */
  marketWith(count: number): Promise<{ market: SavedMarket; stalls: SavedStall[] }> {
    return this.write(async (tx) => {
      const market = await saveMarket(tx);
      return { market, stalls: await saveReadyStalls(tx, market, count) };
    });
  }

  issueFor(market: SavedMarket, stallCodes?: string[]): Promise<Answer> {
    return this.client.post(`/api/v1/markets/${market.code}/qr-issues`, { stallCodes });
  }

  reissue(stall: SavedStall, reason = 'Thẻ bị mất'): Promise<Answer> {
    return this.client.post(`/api/v1/stalls/${stall.code}/qr-issues`, { reason });
  }

  async issuesOf(market: SavedMarket, query = ''): Promise<Issue[]> {
    const { body } = await this.client.get(`/api/v1/markets/${market.code}/qr-issues?limit=200${query}`);
    return body.items as unknown as Issue[];
  }

  /** What the sweeper does for codes. @returns how many were retired */
  sweep(): Promise<number> {
    const issues = this.testApp.app.get(QrIssuesService, { strict: false });
    return runAs({ kind: 'system', id: 'test' }, () => issues.retireOutdated());
  }

  async payloadOf(serial: string): Promise<string> {
    const row = await this.testApp.database.read((tx) =>
      sqlOne<{ payload: string }>(tx, 'SELECT payload FROM qr_issues WHERE serial = $1', [serial]),
    );
    return row?.payload ?? '';
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.testApp.database.write(work);
  }
}
