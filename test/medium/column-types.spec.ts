import { execute, sql, sqlOne } from '../../src/platform/db/database';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

afterAll(() => db.drop());

const read = (expression: string, params: readonly (bigint | string | bigint[])[] = []): Promise<unknown> =>
  db.database.read(
    async (tx) => (await sqlOne<{ value: unknown }>(tx, `SELECT ${expression} AS value`, params))?.value,
  );

describe('values that arrive', () => {
  const cases: { name: string; expression: string; value: unknown }[] = [
    { name: 'bigint past 2^53', expression: '9007199254740993::bigint', value: 9_007_199_254_740_993n },
    { name: 'the largest bigint', expression: '9223372036854775807::bigint', value: 9_223_372_036_854_775_807n },
    { name: 'a count', expression: '(SELECT count(*) FROM generate_series(1, 3))', value: 3n },
    { name: 'bigint[]', expression: "'{9007199254740993,NULL}'::bigint[]", value: [9_007_199_254_740_993n, null] },
    { name: 'int', expression: '7::int', value: 7 },
    { name: 'numeric', expression: '0.10::numeric', value: '0.10' },
    { name: 'a sum of bigint is numeric', expression: '(SELECT sum(x) FROM (VALUES (1::bigint)) v (x))', value: '1' },
    { name: 'date', expression: "'2026-10-10'::date", value: '2026-10-10' },
    { name: 'a leap day', expression: "'2028-02-29'::date", value: '2028-02-29' },
    { name: 'date[]', expression: "'{2026-10-10}'::date[]", value: ['2026-10-10'] },
    {
      name: 'an instant',
      expression: "'2026-10-10T23:30:00+07'::timestamptz",
      value: new Date('2026-10-10T16:30:00Z'),
    },
    {
      name: 'an instant as text is UTC',
      expression: "'2026-10-10T23:30:00+07'::timestamptz::text",
      value: '2026-10-10 16:30:00+00',
    },
    { name: 'text in NFC', expression: "'Chợ Đông Hồ'", value: 'Chợ Đông Hồ' },
  ];
  it.each(cases)('$name', async ({ expression, value }) => {
    expect(await read(expression)).toEqual(value);
  });
});

describe('values that leave', () => {
  it.each([
    { name: 'bigint', expression: '($1::bigint + 1)::text', param: 9_007_199_254_740_992n, value: '9007199254740993' },
    {
      name: 'bigint[]',
      expression: '($1::bigint[])[2]::text',
      param: [1n, 9_007_199_254_740_993n],
      value: '9007199254740993',
    },
    { name: 'a day', expression: '($1::date + 1)::text', param: '2026-12-31', value: '2027-01-01' },
  ])('$name', async ({ expression, param, value }) => {
    expect(await read(expression, [param])).toBe(value);
  });
});

describe('Vietnamese order', () => {
  const alphabet = 'a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y'.split(' ');

  it.each([
    { name: 'the alphabet', words: alphabet },
    { name: 'letters before marks', words: ['An', 'Án', 'Ạn', 'Anh', 'Ăn', 'Ân', 'Ba', 'Da', 'Đa', 'Ê', 'Ga'] },
    {
      name: 'markets',
      words: ['Chợ An Đông', 'Chợ Ấp Mới', 'Chợ Bến Thành', 'Chợ Dầu', 'Chợ Đầm', 'Chợ Ô Môn', 'Chợ Ơ', 'Chợ Ước'],
    },
  ])('$name', async ({ words }) => {
    const shuffled = [...words].sort().reverse();
    const rows = await db.database.read((tx) =>
      sql<{ word: string }>(tx, 'SELECT word FROM unnest($1::text[]) word ORDER BY word COLLATE "vi-x-icu"', [
        shuffled,
      ]),
    );
    expect(rows.map(({ word }) => word)).toEqual(words);
  });
});

it('says how many rows a statement touched', async () => {
  const touched = await db.database.write(async (tx) => {
    await execute(tx, 'CREATE TEMPORARY TABLE t ON COMMIT DROP AS SELECT generate_series(1, 5) AS n');
    const returned = await sql<{ n: number }>(tx, 'UPDATE t SET n = n + 1 WHERE n > 3 RETURNING n');
    return { returned, deleted: await execute(tx, 'DELETE FROM t') };
  });
  expect(touched).toEqual({ returned: [{ n: 5 }, { n: 6 }], deleted: 5 });
});
