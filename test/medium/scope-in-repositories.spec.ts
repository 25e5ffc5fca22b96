import type { DataSource } from 'typeorm';
import { businessDay } from '../../src/kernel/business-day';
import type { Scope } from '../../src/kernel/scope';
import { LaunchesRepository } from '../../src/launches/launches.repository';
import { MarketsRepository } from '../../src/markets/markets.repository';
import { StallsRepository } from '../../src/markets/stalls.repository';
import { runAs } from '../../src/platform/actor';
import { createDataSource } from '../../src/platform/db/data-source';
import { Database, type Tx } from '../../src/platform/db/database';
import { QrIssuesRepository } from '../../src/qr/qr-issues.repository';
import { OverviewRepository } from '../../src/reports/overview.repository';
import { TotalsRepository } from '../../src/reports/totals.repository';
import { LeasesRepository } from '../../src/vendors/leases.repository';
import { VendorsRepository } from '../../src/vendors/vendors.repository';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { TEST_FIELDS } from '../database/test-secrets';
import { insertRow } from '../factories/insert';
import { saveMarket, type SavedMarket, type SavedStall, saveStall } from '../factories/market.factory';
import { saveOccupiedStall, type SavedVendor } from '../factories/vendor.factory';

/**
 * The predicate of the session as the repositories hold it, with row-level security out of the way: a superuser passes
 * every policy. What the database adds is in row-security.spec.ts.
 */
let db: TestDatabase;
let source: DataSource;
let database: Database;

interface Place {
  readonly market: SavedMarket;
  readonly stall: SavedStall;
  readonly vendor: SavedVendor;
}
let own: Place;
let beside: Place;

beforeAll(async () => {
  db = await createTestDatabase();
  source = createDataSource({ url: db.adminUrl, poolSize: 2, applicationName: 'cho40-test' });
  await source.initialize();
  database = new Database(source);
  [own, beside] = await db.database.write(async (tx) => [
    await savePlace(tx, 'OWNPLACE', '92', '31510'),
    await savePlace(tx, 'BESIDEPLACE', '79', '27115'),
  ]);
});
afterAll(async () => {
  await source.destroy();
  await db.drop();
});

async function savePlace(tx: Tx, code: string, provinceCode: string, communeCode: string): Promise<Place> {
  const market = await saveMarket(tx, { code, provinceCode, communeCode });
  const stall = await saveStall(tx, market);
  const { vendor } = await saveOccupiedStall(tx, stall);
  await tx.query('UPDATE vendors SET province_code = $2 WHERE id = $1', [vendor.id, provinceCode]);
  await insertRow(tx, 'day_totals', {
    ...{ business_date: DAY, bank_bin: '970436', market_no: market.no, channel: 1, bucket: 1 },
    ...{ line_count: 1, transaction_count: 1, amount: 1_000, reversal_count: 0, reversal_amount: 0 },
  });
  return { market, stall, vendor };
}

const DAY = businessDay('2026-10-10');
const TODAY = businessDay('2026-11-22');
const SCOPES: [string, Scope][] = [
  ['a department', { kind: 'province', codes: ['92'] }],
  ['a commune', { kind: 'communes', codes: ['31510'] }],
  ['a market board', { kind: 'markets', codes: ['OWNPLACE'] }],
];

function under<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return runAs({ kind: 'staff', id: '019a0000-0000-7000-8000-000000000001', scope }, () => database.write(work));
}

const [markets, stalls, launches] = [new MarketsRepository(), new StallsRepository(), new LaunchesRepository()];
const [vendors, codes] = [new VendorsRepository(TEST_FIELDS), new QrIssuesRepository(TEST_FIELDS)];
const [leases, overview, totals] = [new LeasesRepository(), new OverviewRepository(), new TotalsRepository()];

it('nothing else holds this connection back', async () => {
  const all = await under({ kind: 'none' }, (tx) => tx.query('SELECT code FROM markets') as Promise<unknown[]>);
  expect(all).toHaveLength(2);
});

describe.each(SCOPES)('%s', (_name, scope) => {
  it('finds its own, and nothing beside it', async () => {
    const look = ({ market, stall, vendor }: Place) =>
      under(scope, async (tx) => ({
        market: (await markets.find(tx, market.code))?.code,
        places: (await markets.findMany(tx, [market.code])).length,
        stall: (await stalls.find(tx, stall.code))?.code,
        launch: (await launches.findState(tx, market.code))?.code,
        codes: (await codes.findMarket(tx, market.code))?.code,
        vendor: (await vendors.find(tx, vendor.id))?.id,
        identified: (await vendors.identify(tx, vendor.id)) !== undefined,
        leases: (await leases.shownOfVendor(tx, vendor.id)).length,
        held: (await vendors.heldStalls(tx, [vendor.id], TODAY)).length,
        totals: await totals.marketNo(tx, market.code),
      }));
    expect(await look(own)).toMatchObject({
      market: own.market.code,
      places: 1,
      stall: own.stall.code,
      launch: own.market.code,
      codes: own.market.code,
      vendor: own.vendor.id,
      identified: true,
      leases: 1,
      held: 1,
      totals: own.market.no,
    });
    expect(await look(beside)).toEqual({ places: 0, identified: false, leases: 0, held: 0 });
  });

  it('lists, counts and sums its own', async () => {
    const seen = await under(scope, async (tx) => ({
      markets: (await markets.list(tx, {}, { after: null, limit: 50 })).map(({ code }) => code),
      marketCount: await markets.count(tx, {}),
      vendors: (await vendors.list(tx, {}, { afterId: undefined, limit: 50, today: TODAY })).map(({ id }) => id),
      vendorCount: await vendors.count(tx, {}, TODAY),
      board: (await launches.board(tx, TODAY)).map(({ code }) => code),
      states: (await overview.marketsByState(tx)).map(({ count }) => count),
      stalls: (await overview.stallCounts(tx, TODAY)).operating,
      totals: (await totals.groups(tx, 'market', { days: [{ from: DAY, to: DAY }], months: null }, null)).map(
        ({ key }) => key,
      ),
    }));
    expect(seen).toEqual({
      markets: ['OWNPLACE'],
      marketCount: 1,
      vendors: [own.vendor.id],
      vendorCount: 1,
      board: ['OWNPLACE'],
      states: [1],
      stalls: 1,
      totals: ['OWNPLACE'],
    });
  });
});
