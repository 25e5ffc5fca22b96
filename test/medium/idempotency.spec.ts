import { IdempotencyRepository } from '../../src/banks/idempotency.repository';
import {
  type IdempotentWork,
  IdempotencyService,
  requestHash,
  type StoredAnswer,
} from '../../src/banks/idempotency.service';
import { ANSWER_KEPT_DAYS, RESERVATION_MS } from '../../src/banks/idempotency.rules';
import { ManualClock } from '../../src/kernel/clock';
import { RandomIds } from '../../src/kernel/ids';
import { execute, sql } from '../../src/platform/db/database';
import { createTestDatabase, type TestDatabase } from '../database/test-database';

const clock = new ManualClock(new Date('2026-11-22T02:00:00Z'));
const BODY = Buffer.alloc(32, 1);
const ANSWER: StoredAnswer = {
  status: 202,
  headers: { 'content-type': 'application/json', location: '/api/v1/bank/submissions/1' },
  body: Buffer.from('{"id":"1","đồng":"1850000"}'),
};

let db: TestDatabase;
let service: IdempotencyService;
beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 10 });
  service = new IdempotencyService(db.database, new IdempotencyRepository(), clock, new RandomIds());
  await db.database.write((tx) =>
    execute(tx, `INSERT INTO banks VALUES ('970436', 'VCB', 'VCB', 'VCB', true, true, '')`),
  );
});
afterAll(() => db.drop());

let drawn = 0;
function newKey(): { caller: string; key: string } {
  drawn += 1;
  return { caller: 'bank:970436', key: `key-${drawn}` };
}

/** The effect: a setting written in the same transaction as the answer. */
function work(key: { key: string }, hash = BODY, answer = ANSWER): IdempotentWork {
  return {
    first: async (reservation) => {
      await db.database.write(async (tx) => {
        await execute(tx, `INSERT INTO settings VALUES ($1, '1') ON CONFLICT (key) DO UPDATE SET value = '2'`, [
          key.key,
        ]);
        await service.complete(tx, reservation, { requestHash: hash, answer });
      });
      return answer;
    },
    again: () => Promise.resolve(hash),
  };
}

async function effects(key: { key: string }): Promise<unknown> {
  const rows = await db.database.read((tx) =>
    sql<{ value: number }>(tx, `SELECT value FROM settings WHERE key = $1`, [key.key]),
  );
  return rows.map(({ value }) => value);
}

/** A promise and the hand that ends it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

it('the first answer again, byte for byte, and one effect', async () => {
  const key = newKey();
  expect(await service.once(key, work(key))).toEqual({ answer: ANSWER, replayed: false });
  for (let i = 0; i < 3; i += 1) {
    expect(await service.once(key, work(key))).toEqual({ answer: ANSWER, replayed: true });
  }
  expect(await effects(key)).toEqual([1]);
});

it('another body under the same key is refused and leaves the first answer', async () => {
  const key = newKey();
  await service.once(key, work(key));
  await expect(service.once(key, work(key, Buffer.alloc(32, 2)))).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
  expect(await service.once(key, work(key))).toMatchObject({ replayed: true });
});

it('another bank may use the same key', async () => {
  const key = newKey();
  await service.once(key, work(key));
  expect(await service.once({ ...key, caller: 'bank:970415' }, work(key))).toMatchObject({ replayed: false });
});

it('while the first one runs, the others are told so', async () => {
  const key = newKey();
  const { opened, open } = gate();
  const started = gate();
  const first = service.once(key, {
    ...work(key),
    first: async (reservation) => {
      started.open();
      await opened;
      return work(key).first(reservation);
    },
  });
  await started.opened;
  await expect(service.once(key, work(key))).rejects.toMatchObject({ code: 'request_in_progress' });
  open();
  expect(await first).toMatchObject({ replayed: false });
  expect(await service.once(key, work(key))).toMatchObject({ replayed: true });
});

it('of a hundred at once one has the effect, and every other one the answer or "in progress"', async () => {
  const key = newKey();
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => service.once(key, work(key))));
  const done = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
  const codes = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map(({ reason }) => (reason as { code: string }).code);
  expect(done.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(codes.length > 0 ? ['request_in_progress'] : []));
  expect(await effects(key)).toEqual([1]);
});

it('what fails frees the key: a refusal leaves nothing, a defect is never frozen', async () => {
  const key = newKey();
  const fails = { ...work(key), first: () => Promise.reject(new Error('database away')) };
  await expect(service.once(key, fails)).rejects.toThrow('database away');
  expect(await service.once(key, work(key))).toMatchObject({ replayed: false });
});

it('an effect that is rolled back takes the answer with it', async () => {
  const key = newKey();
  const rolledBack: IdempotentWork = {
    ...work(key),
    first: async (reservation) => {
      await db.database.write(async (tx) => {
        await execute(tx, `INSERT INTO settings VALUES ($1, '1')`, [key.key]);
        await service.complete(tx, reservation, { requestHash: BODY, answer: ANSWER });
        throw new Error('killed before COMMIT');
      });
      return ANSWER;
    },
  };
  await expect(service.once(key, rolledBack)).rejects.toThrow('killed');
  expect(await effects(key)).toEqual([]);
  expect(await service.once(key, work(key))).toMatchObject({ replayed: false });
});

it('a reservation whose process died ends by itself, and the dead one cannot finish any more', async () => {
  const key = newKey();
  const { opened, open } = gate();
  const started = gate();
  const stuck = service.once(key, {
    ...work(key),
    first: async (reservation) => {
      started.open();
      await opened;
      return work(key).first(reservation);
    },
  });
  await started.opened;
  clock.advanceMs(RESERVATION_MS - 1);
  await expect(service.once(key, work(key))).rejects.toMatchObject({ code: 'request_in_progress' });
  clock.advanceMs(1);
  expect(await service.once(key, work(key))).toMatchObject({ replayed: false });
  open();
  await expect(stuck).rejects.toMatchObject({ code: 'request_in_progress' });
  expect(await effects(key)).toEqual([1]);
  expect(await service.once(key, work(key))).toMatchObject({ replayed: true });
});

it('old answers are forgotten, young ones are not', async () => {
  const [old, young] = [newKey(), newKey()];
  await service.once(old, work(old));
  clock.advanceMs(ANSWER_KEPT_DAYS * 86_400_000);
  await service.once(young, work(young));
  clock.advanceMs(1);
  expect(await service.purge()).toBeGreaterThan(0);
  expect(await service.once(young, work(young))).toMatchObject({ replayed: true });
  expect(await service.once(old, work(old))).toMatchObject({ replayed: false });
});

it.each([
  ['the same', 'POST', '/s?part=1', BODY, true],
  ['another method', 'PUT', '/s?part=1', BODY, false],
  ['another target', 'POST', '/s?part=2', BODY, false],
  ['another body', 'POST', '/s?part=1', Buffer.alloc(32, 2), false],
])('requestHash: %s', (_name, method, target, body, same) => {
  expect(requestHash(method, target, body).equals(requestHash('POST', '/s?part=1', BODY))).toBe(same);
});
