import { setTimeout as sleep } from 'node:timers/promises';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DatabaseUnavailable } from '../../src/platform/db/db.errors';
import { execute, sql, sqlOne, type Tx, violatedConstraint } from '../../src/platform/db/database';
import { createTestDatabase, type TestDatabase } from '../database/test-database';
import { withAdmin } from '../database/test-server';

@Entity('ledger')
class Entry {
  @PrimaryColumn('int')
  id: number;

  @Column('bigint')
  amount: bigint;
}

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase({ migrated: false, entities: [Entry] });
  await withAdmin(db.adminUrl, async (admin) => {
    await admin.query(
      `CREATE TABLE ledger (id int PRIMARY KEY, amount bigint NOT NULL CONSTRAINT not_negative CHECK (amount >= 0))`,
    );
    await admin.query(`GRANT ALL ON ledger TO PUBLIC`);
  });
});

afterAll(() => db.drop());

beforeEach(() =>
  db.database.write(async (tx) => {
    await execute(tx, 'DELETE FROM ledger');
    await execute(tx, 'INSERT INTO ledger VALUES (1, 100), (2, 200)');
  }),
);

const amounts = async (): Promise<bigint[]> => {
  const rows = await db.database.read((tx) => sql<{ amount: bigint }>(tx, 'SELECT amount FROM ledger ORDER BY id'));
  return rows.map(({ amount }) => amount);
};

const pidOf = async (tx: Tx): Promise<number> => {
  const row = await sqlOne<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid');
  return row?.pid ?? 0;
};

const terminate = (pid: number): Promise<unknown> =>
  withAdmin(db.appUrl, (same) => same.query('SELECT pg_terminate_backend($1, 5000)', [pid]));

describe('write', () => {
  it('commits what the work did', async () => {
    await db.database.write((tx) => execute(tx, 'UPDATE ledger SET amount = amount + 1'));
    expect(await amounts()).toEqual([101n, 201n]);
  });

  it('undoes everything when the work throws', async () => {
    const work = db.database.write(async (tx) => {
      await execute(tx, 'DELETE FROM ledger');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await amounts()).toEqual([100n, 200n]);
  });

  it('does not take a COMMIT for done that the server answered with a rollback', async () => {
    const work = db.database.write(async (tx) => {
      await execute(tx, 'DELETE FROM ledger');
      await execute(tx, 'SELECT 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await amounts()).toEqual([100n, 200n]);
  });

  it('keeps what TypeORM saves in the same transaction', async () => {
    const work = db.database.write(async (tx) => {
      await tx.save(Entry, { id: 3, amount: 9_007_199_254_740_993n });
      expect(await tx.findOneByOrFail(Entry, { id: 3 })).toEqual({ id: 3, amount: 9_007_199_254_740_993n });
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    expect(await amounts()).toEqual([100n, 200n]);
  });

  it('runs again after a deadlock, and both come through', async () => {
    const starts = [0, 0];
    const meet = barrier(2);
    const transfer = (own: number, first: number, second: number): Promise<void> =>
      db.database.write(async (tx) => {
        starts[own] = (starts[own] ?? 0) + 1;
        await execute(tx, 'UPDATE ledger SET amount = amount + 1 WHERE id = $1', [first]);
        await meet();
        await execute(tx, 'UPDATE ledger SET amount = amount + 1 WHERE id = $1', [second]);
      });
    await Promise.all([transfer(0, 1, 2), transfer(1, 2, 1)]);
    expect(await amounts()).toEqual([102n, 202n]);
    // One of the two was the victim; on a busy machine it may be so again.
    expect(starts.reduce((sum, count) => sum + count)).toBeGreaterThan(2);
  });

  it('runs again when its connection is killed before COMMIT, with one effect', async () => {
    let tries = 0;
    await db.database.write(async (tx) => {
      tries += 1;
      await execute(tx, 'UPDATE ledger SET amount = amount + 1');
      if (tries === 1) await terminate(await pidOf(tx));
      await execute(tx, 'UPDATE ledger SET amount = amount + 1');
    });
    expect(tries).toBe(2);
    expect(await amounts()).toEqual([102n, 202n]);
  });

  it('names the constraint that refused a row', async () => {
    const refusals = [
      { text: 'INSERT INTO ledger VALUES (1, 1)', constraint: 'ledger_pkey' },
      { text: 'INSERT INTO ledger VALUES (9, -1)', constraint: 'not_negative' },
      { text: 'SELECT 1 / 0', constraint: null },
    ];
    for (const { text, constraint } of refusals) {
      const error: unknown = await db.database.write((tx) => execute(tx, text)).catch((reason: unknown) => reason);
      expect(violatedConstraint(error)).toBe(constraint);
    }
    const saved: unknown = await db.database
      .write((tx) => tx.insert(Entry, { id: 1, amount: 1n }))
      .catch((reason: unknown) => reason);
    expect(violatedConstraint(saved)).toBe('ledger_pkey');
  });
});

describe('read', () => {
  it('refuses to write', async () => {
    const work = db.database.read((tx) => execute(tx, 'DELETE FROM ledger'));
    await expect(work).rejects.toMatchObject({ code: '25006' });
    expect(await amounts()).toEqual([100n, 200n]);
  });

  it('sees one state in all its statements', async () => {
    const [before, after] = await db.database.read(async (tx) => {
      const first = await sqlOne<{ sum: bigint }>(tx, 'SELECT sum(amount)::bigint AS sum FROM ledger');
      await db.database.write((other) => execute(other, 'DELETE FROM ledger'));
      const second = await sqlOne<{ sum: bigint }>(tx, 'SELECT sum(amount)::bigint AS sum FROM ledger');
      return [first?.sum, second?.sum];
    });
    expect([before, after]).toEqual([300n, 300n]);
  });

  it('survives that every connection of the pool was killed', async () => {
    const pids = await Promise.all([1, 2, 3, 4, 5].map(() => db.database.read(pidOf)));
    for (const pid of new Set(pids)) await terminate(pid);
    expect(await amounts()).toEqual([100n, 200n]);
  });
});

describe('limits', () => {
  it('gives up in time with 503 and Retry-After', async () => {
    const work = db.database.read((tx) => sql(tx, 'SELECT pg_sleep(30)'), { limitMs: 300 });
    await expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(work).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database_unavailable',
      retryAfterSeconds: 5,
    });
  });

  it('ends the statement when the caller has gone', async () => {
    const caller = new AbortController();
    let pid = 0;
    const work = db.database.read(
      async (tx) => {
        pid = await pidOf(tx);
        const statement = sql(tx, 'SELECT pg_sleep(30)');
        caller.abort();
        await statement;
      },
      { limitMs: 20_000, signal: caller.signal },
    );
    await expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
    await withAdmin(db.adminUrl, async (admin) => {
      const alive = async (): Promise<boolean> =>
        (await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount === 1;
      while (await alive()) await sleep(50);
    });
  });

  it('answers 503 when the pool has no connection to give', async () => {
    const hold = barrier(6);
    const holders = [1, 2, 3, 4, 5].map(() => db.database.read(() => hold(), { limitMs: 15_000 }));
    await expect(db.database.read(pidOf)).rejects.toBeInstanceOf(DatabaseUnavailable);
    await hold();
    await Promise.all(holders);
  });
});

/** Lets nobody pass before `count` have arrived; later arrivals pass at once. */
function barrier(count: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    arrived += 1;
    if (arrived >= count) open();
    return opened;
  };
}
