import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

const ENSURE = `SELECT ensure_line_partition('2027-03-15')`;

describe('partitions of submission lines', () => {
  let test: TestDatabase;
  let first: Client;
  let second: Client;

  beforeAll(async () => {
    test = await createTestDatabase();
    first = new Client(test.appUrl);
    second = new Client(test.appUrl);
    await Promise.all([first.connect(), second.connect()]);
  });

  afterAll(async () => {
    await Promise.all([first.end(), second.end()]);
    await test.drop();
  });

  const waitsForLock = async (): Promise<boolean> => {
    const { rows } = await first.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.length > 0;
  };

  it('are made once when two workers meet in a new month', async () => {
    await first.query('BEGIN');
    await first.query(ENSURE);
    const waiting = second.query(ENSURE);
    while (!(await waitsForLock()));
    await first.query('COMMIT');
    await expect(waiting).resolves.toBeDefined();
    const made = await test.source.query(`SELECT relname FROM pg_class WHERE relname LIKE 'submission_lines_2027%'
                                          AND relkind = 'r'`);
    expect(made).toEqual([{ relname: 'submission_lines_202703' }]);
  });

  it('are all that the application may make', async () => {
    await expect(first.query('CREATE TABLE own (n int)')).rejects.toMatchObject({ code: '42501' });
  });
});
