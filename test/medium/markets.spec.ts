import { businessDay } from '../../src/kernel/business-day';
import { execute, sql } from '../../src/platform/db/database';
import { makeMarket, saveMarket } from '../factories/market.factory';
import { openRegister, type Register } from './register-services';

/** Loading the units takes a second, on a busy machine some more. */
jest.setTimeout(30_000);

let register: Register;

beforeAll(async () => {
  register = await openRegister();
  await register.units.seed();
});
afterAll(() => register.drop());

const page = { limit: 50 };

describe('administrative units', () => {
  it('are loaded once: a second start reads one setting', async () => {
    await register.units.seed();
    const [row] = await register.save((tx) =>
      sql<{ units: bigint; successions: bigint }>(
        tx,
        `SELECT (SELECT count(*) FROM administrative_units) AS units,
           (SELECT count(*) FROM administrative_successions) AS successions`,
      ),
    );
    expect(row).toEqual({ units: 3_355n, successions: 10_832n });
  });

  it('are found without accents, in Vietnamese order, page by page', async () => {
    const query = { level: 'commune' as const, provinceCode: '92', q: 'soc trang' };
    const found = await register.units.list({ ...query, limit: 50 });
    expect(found.items.map((unit) => unit.name)).toEqual(['Phường Sóc Trăng']);
    const all = await register.units.list({ level: 'commune', provinceCode: '92', limit: 60 });
    expect(all.total).toBe(103);
    const rest = await register.units.list({
      level: 'commune',
      provinceCode: '92',
      limit: 60,
      cursor: all.nextCursor ?? '',
    });
    expect(all.items.length + rest.items.length).toBe(103);
    expect(rest.nextCursor).toBeNull();
  });

  it('name what went into them', async () => {
    const former = await register.units.predecessors('31510');
    expect(former.map((row) => row.formerName)).toContain('Phường 2');
    await expect(register.units.predecessors('99999')).rejects.toMatchObject({ code: 'administrative_unit_not_found' });
  });
});

describe('a market', () => {
  it('is registered, read and audited', async () => {
    const input = makeMarket({ code: '92ST001', name: 'Chợ Bông Sen', aliases: ['Chợ Phường 2'], areaM2: '10149.5' });
    const market = await register.act(() => register.markets.register(input));
    expect(market).toMatchObject({
      ...input,
      communeName: 'Phường Phú Lợi',
      provinceCode: '92',
      state: 'proposed',
      stateSince: '2026-11-22',
      suggestedClass: 2,
      classDiffers: false,
      version: 1,
      counts: { stalls: 0, occupied: 0, withVerifiedAccount: 0, withQr: 0 },
    });
    const trail = await register.save((tx) =>
      sql(tx, `SELECT action, actor_kind AS kind FROM audit_entries WHERE subject_id = '92ST001'`),
    );
    expect(trail).toEqual([{ action: 'market_created', kind: 'staff' }]);
  });

  it.each([
    ['its code is taken', { code: '92ST001' }, 'market_code_taken'],
    ['its commune does not exist', { communeCode: '99999' }, 'commune_unknown'],
    ['a class without its decision', { officialClass: 1 as const }, 'class_decision_incomplete'],
  ])('is refused: %s', async (_name, overrides, code) => {
    const refused = register.act(() => register.markets.register(makeMarket(overrides)));
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('does not move to a commune that was dissolved', async () => {
    await register.save((tx) =>
      execute(tx, `UPDATE administrative_units SET valid_to = '2026-04-29' WHERE code = '31732'`),
    );
    const moved = register.act(() => register.markets.change('92ST001', 1, { communeCode: '31732' }));
    await expect(moved).rejects.toMatchObject({ code: 'commune_dissolved' });
  });

  it('changes for the one who read the present version, and for nobody else', async () => {
    const change = () => register.act(() => register.markets.change('92ST001', 1, { operatingPoints: 1433 }));
    expect(await change()).toMatchObject({ operatingPoints: 1433, name: 'Chợ Bông Sen', version: 2 });
    await expect(change()).rejects.toMatchObject({ code: 'version_conflict' });
    const [trail] = await register.save((tx) =>
      sql(tx, `SELECT before, after FROM audit_entries WHERE action = 'market_changed'`),
    );
    expect(trail).toEqual({ before: { operatingPoints: 250 }, after: { operatingPoints: 1433 } });
  });

  it('is not found under a code that no market has', async () => {
    await expect(register.markets.read('NOPE')).rejects.toMatchObject({ code: 'market_not_found' });
  });
});

describe('the list of markets', () => {
  it.each([
    ['without accents', 'cho bong sen', ['Chợ Bông Sen']],
    ['by an alias', 'phuong 2', ['Chợ Bông Sen']],
    ['by words in any order', 'sen BÔNG', ['Chợ Bông Sen']],
    ['% is a letter', '%', ['Chợ 50% Giảm']],
    ['_ is a letter', '_', ['Chợ A_B']],
    ['a backslash is a letter', 'x\\y', ['Chợ X\\Y']],
    ['nothing', 'khong co', []],
  ])('finds %s', async (_name, q, names) => {
    await register.save(async (tx) => {
      for (const name of ['Chợ 50% Giảm', 'Chợ A_B', 'Chợ X\\Y']) {
        const known = await sql(tx, `SELECT FROM markets WHERE name = $1`, [name]);
        if (known.length === 0) await saveMarket(tx, { name });
      }
    });
    const found = await register.markets.list({ ...page, q });
    expect(found.items.map((market) => market.name)).toEqual(names);
    expect(found.total).toBe(names.length);
  });

  it('stands in Vietnamese order and pages without a gap', async () => {
    const names = ['Chợ Ấp', 'Chợ Đáy', 'Chợ An', 'Chợ Dừa', 'Chợ Ân', 'Chợ Ẩn', 'Chợ E'];
    await register.save(async (tx) => {
      for (const name of names) await saveMarket(tx, { name, marketKind: 'floating' });
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const next = await register.markets.list({ marketKind: 'floating', limit: 2, cursor });
      seen.push(...next.items.map((market) => market.name));
      cursor = next.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['Chợ An', 'Chợ Ân', 'Chợ Ẩn', 'Chợ Ấp', 'Chợ Dừa', 'Chợ Đáy', 'Chợ E']);
  });

  it('filters by state, official class and commune', async () => {
    await register.save((tx) =>
      saveMarket(tx, { name: 'Chợ Lọc', state: 'launched', officialClass: 1, communeCode: '31507' }),
    );
    const found = await register.markets.list({ ...page, state: 'launched', class: 1, communeCode: '31507' });
    expect(found.items).toMatchObject([{ name: 'Chợ Lọc', class: 1, suggestedClass: 2, classDiffers: true }]);
  });

  it.each(['bm90IGpzb24', Buffer.from('["a","not an id"]').toString('base64url')])(
    'refuses an altered cursor: %s',
    async (cursor) => {
      await expect(register.markets.list({ ...page, cursor })).rejects.toMatchObject({ code: 'cursor_invalid' });
    },
  );
});

describe('zones and stalls', () => {
  const stall = {
    number: 'Ô 12A',
    zoneId: null,
    tradeLine: 'Vải',
    mcc: null,
    areaM2: '4.8',
    fixed: true,
    soundbox: false,
  };
  const input = { ...stall, state: 'operating' as const };

  it('zones stand in the order in which they were added, each name once', async () => {
    const market = await register.save((tx) => saveMarket(tx));
    const add = (name: string) => register.act(() => register.markets.addZone(market.code, { name }));
    expect(await add('Nhà lồng B')).toMatchObject({ ordinal: 1, stallCount: 0 });
    expect(await add('Nhà lồng A')).toMatchObject({ ordinal: 2 });
    await expect(add('Nhà lồng A')).rejects.toMatchObject({ code: 'zone_name_taken' });
  });

  it('a stall gets a code; its number is taken however it is written', async () => {
    const market = await register.save((tx) => saveMarket(tx));
    const code = await register.act(() => register.stalls.register(market.code, input));
    expect(code).toMatch(/^CHO/);
    const again = register.act(() => register.stalls.register(market.code, { ...input, number: 'ô12a' }));
    await expect(again).rejects.toMatchObject({ code: 'stall_number_taken' });
    const elsewhere = await register.save((tx) => saveMarket(tx));
    const zone = await register.act(() => register.markets.addZone(elsewhere.code, { name: 'Khu khác' }));
    const foreign = register.act(() =>
      register.stalls.register(market.code, { ...input, number: 'Ô 1', zoneId: zone.id }),
    );
    await expect(foreign).rejects.toMatchObject({ code: 'zone_not_found' });
  });

  it('draws again when a code is taken', async () => {
    const market = await register.save((tx) => saveMarket(tx));
    const first = await register.act(() => register.stalls.register(market.code, { ...input, number: 'Ô 1' }));
    const fresh = register.ids.stallCode();
    jest.spyOn(register.ids, 'stallCode').mockReturnValueOnce(first).mockReturnValueOnce(fresh);
    expect(await register.act(() => register.stalls.register(market.code, { ...input, number: 'Ô 2' }))).toBe(fresh);
  });

  it('closes for good', async () => {
    const market = await register.save((tx) => saveMarket(tx));
    const code = await register.act(() => register.stalls.register(market.code, input));
    const change = (version: number, fields: object) =>
      register.act(() => register.stalls.change(code, version, fields));
    await change(1, { soundbox: true });
    await expect(change(1, { soundbox: false })).rejects.toMatchObject({ code: 'version_conflict' });
    await expect(change(2, { state: 'closed', closedOn: '2026-11-01' })).rejects.toMatchObject({
      code: 'stall_closed_before_opened',
    });
    await change(2, { state: 'closed' });
    await expect(change(3, { state: 'operating' })).rejects.toMatchObject({ code: 'stall_closed' });
    const [row] = await register.save((tx) => sql(tx, `SELECT state, closed_on FROM stalls WHERE code = $1`, [code]));
    expect(row).toEqual({ state: 'closed', closed_on: businessDay('2026-11-22') });
  });
});
