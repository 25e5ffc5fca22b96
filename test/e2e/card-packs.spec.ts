import { runAs } from '../../src/platform/actor';
import { execute, sqlOne } from '../../src/platform/db/database';
import { StoredFiles } from '../../src/platform/files/stored-files';
import { CardPacksService, GIVE_UP_AFTER_MS, SILENT_AFTER_MS } from '../../src/qr/card-packs.service';
import { pageTexts } from '../../src/qr/pdf-raster';
import { A4_SHEET, A6_CARD } from '../../src/qr/sheet-layout';
import { type SavedMarket, type SavedStall, saveMarket } from '../factories/market.factory';
import type { Answer } from './answers';
import { startTestApp, TEST_NOW, type TestApp } from './app';
import { changeAccount, codesOfPdf, saveReadyStalls, TODAY } from './codes';
import { type ConsoleClient, signInAs } from './console-client';
import { problemOf } from './problems';

let testApp: TestApp;
let client: ConsoleClient;
let packs: CardPacksService;

beforeAll(async () => {
  testApp = await startTestApp({ workers: false });
  client = await signInAs(testApp);
  packs = testApp.app.get(CardPacksService, { strict: false });
});
beforeEach(() => testApp.clock.set(TEST_NOW));
afterAll(() => testApp.stop());

/** A market whose `count` stalls have codes. */
async function issuedMarket(count: number, app = testApp, by = client): Promise<[SavedMarket, SavedStall[]]> {
  const saved = await app.database.write(async (tx): Promise<[SavedMarket, SavedStall[]]> => {
    const market = await saveMarket(tx);
    return [market, await saveReadyStalls(tx, market, count)];
  });
  await by.post(`/api/v1/markets/${saved[0].code}/qr-issues`);
  return saved;
}

const request = ({ code }: SavedMarket, layout = 'a4_sheet', by = client): Promise<Answer> =>
  by.post(`/api/v1/markets/${code}/card-packs`, { layout });

async function requested(market: SavedMarket, layout?: string): Promise<string> {
  const { status, body } = await request(market, layout);
  expect([status, body.state]).toEqual([202, 'queued']);
  return body.id as unknown as string;
}

/** What a worker does when it hears the bell. */
const make = (id: string, stopping = new AbortController().signal) =>
  runAs({ kind: 'system', id: 'make-card-pack' }, () => packs.make(id, stopping));

const read = (id: string): Promise<Answer> => client.get(`/api/v1/card-packs/${id}`);

const cancel = (id: string): Promise<Answer> => client.post(`/api/v1/card-packs/${id}/cancellation`);

async function payloadsOf(market: SavedMarket): Promise<string[]> {
  const row = await testApp.database.read((tx) =>
    sqlOne<{ texts: string[] }>(
      tx,
      `SELECT coalesce(array_agg(text), '{}') AS texts FROM qr_issues,
         LATERAL (VALUES (payload), (face->>'verifyUrl')) AS t (text) WHERE market_id = $1 AND state = 'active'`,
      [market.id],
    ),
  );
  return row?.texts ?? [];
}

describe('a pack', () => {
  it.each([
    ['a4_sheet', A4_SHEET, 2],
    ['a6_card', A6_CARD, 10],
  ] as const)('as %s: asked for, made, and every code on it reads back', async (layout, sheet, pageCount) => {
    const [market] = await issuedMarket(10);
    const id = await requested(market, layout);
    expect(problemOf(await client.get(`/api/v1/card-packs/${id}/file`)).code).toBe('card_pack_not_ready');
    expect(await make(id)).toEqual({ state: 'done', cards: 10 });
    const { body } = await read(id);
    expect(body).toMatchObject({ state: 'done', done: 10, total: 10, errorCode: null, marketCode: market.code });

    const file = await client.get(`/api/v1/card-packs/${id}/file`);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(body.byteCount as unknown as string),
      'content-disposition': `inline; filename="the-qr-${market.code}-${layout}-2026-11-22.pdf"`,
    });
    const pages = await codesOfPdf(file.bytes, sheet.page);
    expect(pages).toHaveLength(pageCount);
    expect(pages.flat().sort()).toEqual((await payloadsOf(market)).sort());
  });

  it('made again does nothing, and makes the same bytes for the same codes', async () => {
    const [market] = await issuedMarket(2);
    const [first, second] = [await requested(market), await requested(market)];
    await make(first);
    await make(second);
    expect(await make(first)).toEqual({ state: 'nothing_to_do', cards: 0 });
    const files = await Promise.all([first, second].map((id) => client.get(`/api/v1/card-packs/${id}/file`)));
    expect(files[0]?.bytes.equals(files[1]?.bytes ?? Buffer.of())).toBe(true);
  });

  it('prints what is right today: a code whose account changed is left out', async () => {
    const [market, stalls] = await issuedMarket(3);
    const id = await requested(market);
    await testApp.database.write((tx) => changeAccount(tx, stalls[0] as SavedStall, TODAY));
    expect(await make(id)).toEqual({ state: 'done', cards: 2 });
    expect((await read(id)).body).toMatchObject({ done: 2, total: 2 });
  });

  it('with nothing to print is refused, and fails when nothing is left', async () => {
    const market = await testApp.database.write((tx) => saveMarket(tx));
    expect(problemOf(await request(market))).toEqual({ status: 409, code: 'nothing_to_print' });
    const [other, [stall]] = await issuedMarket(1);
    const id = await requested(other);
    await testApp.database.write((tx) => changeAccount(tx, stall as SavedStall, TODAY));
    expect(await make(id)).toEqual({ state: 'failed', cards: 0 });
    expect((await read(id)).body).toMatchObject({ state: 'failed', errorCode: 'nothing_to_print' });
  });

  it.each(['undefined', '019a0000-0000-7000-8000-000000000001', '1'])('%s is not there', async (id) => {
    for (const answer of [await read(id), await cancel(id), await client.get(`/api/v1/card-packs/${id}/file`)]) {
      expect(problemOf(answer)).toEqual({ status: 404, code: 'card_pack_not_found' });
    }
  });
});

describe('cancelling', () => {
  it('a waiting pack: nobody makes it, and saying so twice changes nothing', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    expect((await cancel(id)).body.state).toBe('cancelled');
    const again = await cancel(id);
    expect([again.status, again.body.state]).toEqual([200, 'cancelled']);
    expect(await make(id)).toEqual({ state: 'nothing_to_do', cards: 0 });
  });

  it('a pack that is being made: it ends, and leaves no file', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    const files = testApp.app.get(StoredFiles, { strict: false });
    const store = files.store.bind(files);
    const last = jest.spyOn(files, 'store').mockImplementationOnce(async (tx, file) => {
      await cancel(id);
      return store(tx, file);
    });
    expect(await make(id)).toEqual({ state: 'cancelled', cards: 0 });
    last.mockRestore();
    expect((await read(id)).body).toMatchObject({ state: 'cancelled', byteCount: null });
    expect(problemOf(await client.get(`/api/v1/card-packs/${id}/file`)).code).toBe('card_pack_not_ready');
    const left = await testApp.database.read((tx) =>
      sqlOne(tx, `SELECT id FROM stored_files WHERE name LIKE '%' || $1 || '%'`, [market.code]),
    );
    expect(left).toBeUndefined();
  });

  it('a finished pack: it stays', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    await make(id);
    expect((await cancel(id)).body.state).toBe('done');
  });
});

describe('a worker', () => {
  const forgotten = async (id: string): Promise<boolean> =>
    (await runAs({ kind: 'system', id: 'card-packs' }, () => packs.forgotten(1_000))).some((pack) => pack.id === id);

  it('that died is replaced once it has been silent, and not before', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    await testApp.database.write((tx) =>
      execute(tx, `UPDATE card_packs SET state = 'running', heartbeat_at = $2, started_at = $2 WHERE id = $1`, [
        id,
        TEST_NOW,
      ]),
    );
    testApp.clock.advanceMs(SILENT_AFTER_MS);
    expect([await make(id), await forgotten(id)]).toEqual([{ state: 'nothing_to_do', cards: 0 }, false]);
    testApp.clock.advanceMs(1);
    expect(await forgotten(id)).toBe(true);
    expect(await make(id)).toEqual({ state: 'done', cards: 1 });
    expect(await forgotten(id)).toBe(false);
  });

  it('that is asked to stop gives the pack back at once', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    await expect(make(id, AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
    expect((await read(id)).body.state).toBe('queued');
    expect(await make(id)).toEqual({ state: 'done', cards: 1 });
  });

  it('gives up what many attempts could not make', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    await expect(make(id, AbortSignal.abort(new Error('out of memory')))).rejects.toThrow();
    testApp.clock.advanceMs(GIVE_UP_AFTER_MS + 1);
    expect(await make(id)).toEqual({ state: 'failed', cards: 0 });
    expect(await forgotten(id)).toBe(false);
    testApp.clock.set(TEST_NOW);
    expect((await read(id)).body).toMatchObject({ state: 'failed', errorCode: 'card_pack_given_up' });
  });

  it('is not alone: of four that hear the same ring one makes it', async () => {
    const [market] = await issuedMarket(1);
    const id = await requested(market);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => make(id)));
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['done', ...Array<string>(3).fill('nothing_to_do')]);
  });
});

it('packs are listed newest first, page by page', async () => {
  const [market] = await issuedMarket(1);
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    ids.unshift(await requested(market));
    testApp.clock.advanceMs(1_000);
  }
  const list = `/api/v1/markets/${market.code}/card-packs`;
  const { body } = await client.get(`${list}?limit=2`);
  const rest = await client.get(`${list}?limit=2&cursor=${body.nextCursor as unknown as string}`);
  const shown = [body, rest.body].flatMap((page) => page.items as unknown as { id: string }[]);
  expect(shown.map(({ id }) => id)).toEqual(ids);
  expect([rest.body.nextCursor, rest.body.total]).toEqual([null, 3]);
});

it('in a demo, rung for and made by the queue, every card says that it is one', async () => {
  const demo = await startTestApp({ environment: { DEMO: 'true', JOB_CONCURRENCY: '1' } });
  const by = await signInAs(demo);
  const [market] = await issuedMarket(2, demo, by);
  const { body } = await request(market, 'a6_card', by);
  const path = `/api/v1/card-packs/${body.id as unknown as string}`;
  let state = body.state as unknown as string;
  while (state === 'queued' || state === 'running') state = (await by.get(path)).body.state as unknown as string;
  expect(state).toBe('done');
  const texts = await pageTexts((await by.get(`${path}/file`)).bytes);
  expect(texts.map((text) => /demo/i.test(text))).toEqual([true, true]);
  await demo.stop();
});
