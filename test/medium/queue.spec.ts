import { setImmediate as nextTurn } from 'node:timers/promises';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { Client, DatabaseError } from 'pg';
import { JobHandlers } from '../../src/platform/queue/job-handlers';
import { migrateQueueSchema } from '../../src/platform/queue/queue-schema';
import { QueueModule } from '../../src/platform/queue/queue.module';
import type { QueueOptions } from '../../src/platform/queue/queue.options';
import { createTestDatabase } from '../database/test-database';
import { TcpProxy } from '../faults/tcp-proxy';
import { Calls, Gate, LogLines, QueueProcess, type Work } from '../queue/queue-process';
import { hasRealRedis, type RedisServer, startJsRedis, startRealRedis } from '../queue/redis-servers';

// Waits of a second are part of the matter here; on a busy machine they add up.
jest.setTimeout(30_000);

/** What a queue stands on, with a network in between that can be cut. */
interface Ground {
  readonly proxy: TcpProxy;
  readonly address: Pick<QueueOptions, 'redisUrl' | 'databaseUrl'>;
  /** Forgets every job, as FLUSHALL does. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

async function onPostgres(): Promise<Ground> {
  const database = await createTestDatabase();
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const proxy = await TcpProxy.inFrontOf(database.appUrl);
  return {
    proxy,
    address: { databaseUrl: proxy.url },
    empty: () => emptyQueueTables(owner),
    async stop() {
      await proxy.close();
      await owner.end();
      await database.drop();
    },
  };
}

/** Workers are busy meanwhile, so that a deadlock is no surprise. */
async function emptyQueueTables(owner: Client): Promise<void> {
  const tables = await owner.query<{ list: string }>(
    `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS list
       FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  );
  const emptied = await owner.query(`TRUNCATE ${tables.rows[0]?.list}`).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== '40P01') throw error;
  });
  if (!emptied) await emptyQueueTables(owner);
}

async function onRedis(startServer: () => Promise<RedisServer>): Promise<Ground> {
  const server = await startServer();
  const proxy = await TcpProxy.inFrontOf(server.url);
  const direct = new Redis(server.url);
  return {
    proxy,
    address: { redisUrl: proxy.url, databaseUrl: 'postgresql://nobody@127.0.0.1:1/unused' },
    empty: async () => void (await direct.flushall()),
    async stop() {
      await proxy.close();
      direct.disconnect();
      await server.stop();
    },
  };
}

const REDIS: [name: string, startServer: () => Promise<RedisServer>][] = [['Redis in JavaScript', startJsRedis]];
if (hasRealRedis) REDIS.push(['redis-server', startRealRedis]);

const GROUNDS: [name: string, lay: () => Promise<Ground>][] = [
  ['PostgreSQL', onPostgres],
  ...REDIS.map(([name, startServer]): (typeof GROUNDS)[number] => [name, () => onRedis(startServer)]),
];

describe.each(GROUNDS)('the queue on %s', (_name, lay) => {
  let ground: Ground;
  let log: LogLines;
  let processes: QueueProcess[];

  beforeAll(async () => {
    ground = await lay();
  });
  afterAll(() => ground.stop());
  beforeEach(async () => {
    log = new LogLines();
    processes = [];
    await ground.empty();
  });
  afterEach(async () => {
    await Promise.all(processes.map((process) => process.stop()));
  });

  async function start(work: Work | 'rings only', options: Partial<QueueOptions> = {}): Promise<QueueProcess> {
    const workers = work !== 'rings only';
    const all = { ...ground.address, concurrency: 1, workers, retryDelayMs: 1, sweepEveryMs: 3_600_000, ...options };
    const process = await QueueProcess.start(all, workers ? work : {}, log);
    processes.push(process);
    await process.queue.opened;
    return process;
  }

  it('runs a job once for a ring', async () => {
    const calls = new Calls<string>();
    const { queue } = await start({ submission: async ({ submissionId }) => calls.note(submissionId) });
    expect(await queue.ring('process-submission', { submissionId: 'a' })).toBe(true);
    await calls.reach(1);
    expect(await queue.ring('process-submission', { submissionId: 'b' })).toBe(true);
    await calls.reach(2);
    expect(calls.seen).toEqual(['a', 'b']);
    expect(await queue.health()).toEqual({ up: true });
  });

  it('takes two rings for a waiting job as one, and runs again after the end', async () => {
    const { queue } = await start('rings only');
    await queue.ring('process-submission', { submissionId: 'a' });
    await queue.ring('process-submission', { submissionId: 'a' });
    await queue.ring('process-submission', { submissionId: 'b' });
    expect((await queue.counts()).waiting).toBe(2);

    const calls = new Calls<string>();
    await start({ submission: async ({ submissionId }) => calls.note(submissionId) });
    await calls.reach(2);
    await queue.ring('process-submission', { submissionId: 'a' });
    await calls.reach(3);
    expect(calls.seen).toEqual(['a', 'b', 'a']);
  });

  it('runs once more when rung during a run, because the run may have looked too early', async () => {
    const calls = new Calls<string>();
    const rungAgain = new Gate();
    const { queue } = await start({
      submission: async ({ submissionId }) => {
        calls.note(submissionId);
        await rungAgain.passed;
      },
    });
    await queue.ring('process-submission', { submissionId: 'a' });
    await calls.reach(1);
    await queue.ring('process-submission', { submissionId: 'a' });
    await queue.ring('process-submission', { submissionId: 'a' });
    rungAgain.open();
    await calls.reach(2);
    await queue.ring('process-submission', { submissionId: 'end' });
    await calls.reach(3);
    expect(calls.seen).toEqual(['a', 'a', 'end']);
  });

  it('tries a failing job again, shows it when it is dead, and goes on with the others', async () => {
    const calls = new Calls<string>();
    const { queue } = await start({
      submission: async ({ submissionId }) => {
        calls.note(submissionId);
        if (submissionId === 'poison') throw new Error('cannot be read');
      },
    });
    await queue.ring('process-submission', { submissionId: 'poison' });
    await calls.reach(5);
    await queue.ring('process-submission', { submissionId: 'fine' });
    await calls.reach(6);
    expect(calls.seen).toEqual(['poison', 'poison', 'poison', 'poison', 'poison', 'fine']);
    expect(await queue.deadLetters()).toMatchObject([
      { job: 'process-submission', payload: { submissionId: 'poison' }, reason: 'cannot be read' },
    ]);
    expect((await queue.counts()).failed).toBe(1);
    expect(log.runs('process-submission').map((run) => run.outcome)).toEqual([
      ...['retry', 'retry', 'retry', 'retry', 'dead'],
      'done',
    ]);

    await queue.ring('process-submission', { submissionId: 'poison' });
    await calls.reach(7);
    expect(calls.seen.at(-1)).toBe('poison');
  });

  it('lets a bank’s day go before a pack of cards', async () => {
    const { queue } = await start('rings only');
    await queue.ring('make-card-pack', { packId: 'p' });
    await queue.ring('process-submission', { submissionId: 's' });
    const calls = new Calls<string>();
    await start({
      submission: async ({ submissionId }) => calls.note(submissionId),
      pack: async ({ packId }) => calls.note(packId),
    });
    await calls.reach(2);
    expect(calls.seen).toEqual(['s', 'p']);
  });

  it.each([
    ['is gone', (proxy: TcpProxy) => proxy.cut()],
    ['is silent', async (proxy: TcpProxy) => proxy.silence()],
  ])('answers false within the limit when the server %s, and works again when it is back', async (_how, strike) => {
    const calls = new Calls<string>();
    const { queue } = await start({ submission: async ({ submissionId }) => calls.note(submissionId) });
    await strike(ground.proxy);
    const askedAt = performance.now();
    expect(await queue.ring('process-submission', { submissionId: 'unheard' })).toBe(false);
    const health = await queue.health();
    expect(performance.now() - askedAt).toBeLessThan(4_000);
    expect(health).toEqual({ up: false, reason: expect.stringMatching(/^(queue_database|redis)_unreachable$/) });

    await ground.proxy.restore();
    while (!(await queue.ring('process-submission', { submissionId: 'heard' }))) await nextTurn();
    while (!calls.seen.includes('heard')) await calls.reach(calls.seen.length + 1);
    expect(await queue.health()).toEqual({ up: true });
  });

  it('starts while its server is down, and works once it is there', async () => {
    await ground.proxy.cut();
    const calls = new Calls<string>();
    const options = { ...ground.address, concurrency: 1, workers: true };
    const work = { submission: async ({ submissionId }: { submissionId: string }) => calls.note(submissionId) };
    const process = await QueueProcess.start(options, work, log);
    processes.push(process);
    expect(await process.queue.ring('process-submission', { submissionId: 'unheard' })).toBe(false);
    expect((await process.queue.health()).up).toBe(false);

    await ground.proxy.restore();
    await process.queue.opened;
    expect(await process.queue.ring('process-submission', { submissionId: 'heard' })).toBe(true);
    await calls.reach(1);
    expect(calls.seen).toEqual(['heard']);
  });

  it.each([
    ['looks at the signal', true],
    ['does not', false],
  ])('gives the job of a stopped worker to another, when the handler %s', async (_how, looks) => {
    const begun = new Calls<string>();
    const never = new Gate();
    const first = await start(
      {
        submission: async ({ submissionId }, stopping) => {
          if (looks) stopping.addEventListener('abort', () => never.slam(new Error('stopping')));
          begun.note(submissionId);
          await never.passed;
        },
      },
      { stopLimitMs: looks ? 20_000 : 1 },
    );
    await first.queue.ring('process-submission', { submissionId: 'a' });
    await begun.reach(1);
    await first.stop();

    const calls = new Calls<string>();
    await start({ submission: async ({ submissionId }) => calls.note(submissionId) });
    await calls.reach(1);
    expect(calls.seen).toEqual(['a']);
    if (looks) expect(log.runs('process-submission')[0]?.outcome).toBe('given back');
    never.open();
  });

  it('waits for the running job when it stops', async () => {
    const begun = new Calls<string>();
    const may = new Gate();
    let ended = false;
    const process = await start({
      submission: async ({ submissionId }) => {
        begun.note(submissionId);
        await may.passed;
        ended = true;
      },
    });
    await process.queue.ring('process-submission', { submissionId: 'a' });
    await begun.reach(1);
    const stopped = process.stop().then(() => ended);
    may.open();
    expect(await stopped).toBe(true);
  });

  it('sweeps once per slot whatever the number of workers, every sweeper, also after all jobs were lost', async () => {
    const sweeps = new Calls<string>();
    const work: Work = {
      sweepers: [
        { name: 'broken', sweep: () => Promise.reject(new Error('no table')) },
        {
          name: 'submissions',
          sweep: async () => {
            sweeps.note('swept');
            return 3;
          },
        },
      ],
    };
    await start(work, { sweepEveryMs: 100 });
    await start(work, { sweepEveryMs: 100 });
    await sweeps.reach(6);
    const slots = log.runs('sweep').map((run) => run.id);
    expect(new Set(slots).size).toBe(slots.length);

    await ground.empty();
    const before = sweeps.seen.length;
    await sweeps.reach(before + 4);
    const all = log.runs('sweep').map((run) => run.id);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the queue, before it is fit for use', () => {
  const log = new LogLines();
  const nowhere = { databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing', concurrency: 1 };

  it('waits for its schema, and says that it is missing', async () => {
    const database = await createTestDatabase({ migrated: false });
    const options = { databaseUrl: database.appUrl, concurrency: 1, workers: true };
    const process = await QueueProcess.start(options, {}, log);
    expect(await process.queue.health()).toEqual({ up: false, reason: 'queue_schema_missing' });

    const appRole = new URL(database.appUrl).username;
    await Promise.all([migrateQueueSchema(database.ownerUrl, appRole), migrateQueueSchema(database.ownerUrl, appRole)]);
    await process.queue.opened;
    expect(await process.queue.ring('make-card-pack', { packId: 'p' })).toBe(true);
    expect(await process.queue.health()).toEqual({ up: true });
    await process.stop();
    await database.drop();
  });

  it.each(REDIS)('names an eviction policy that loses jobs, on %s', async (_name, startServer) => {
    const server = await startServer();
    const admin = new Redis(server.url);
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const options = { ...nowhere, redisUrl: server.url, workers: false };
    const process = await QueueProcess.start(options, {}, log);
    await process.queue.opened;
    expect(await process.queue.health()).toEqual({ up: false, reason: 'redis_eviction_policy' });

    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await process.queue.health()).toEqual({ up: true });
    await process.stop();
    admin.disconnect();
    await server.stop();
  });

  it.each([
    ['a process that works', true, /jobs without a handler: make-card-pack, /],
    ['a process that only rings', false, undefined],
  ])('starts only with a handler for every job: %s', async (_name, workers, refusal) => {
    const app = await Test.createTestingModule({
      imports: [QueueModule.forRootAsync({ useFactory: () => ({ ...nowhere, workers }) })],
    })
      .setLogger(log)
      .compile();
    app.get(JobHandlers).handle('process-submission', async () => {});
    if (refusal) await expect(app.init()).rejects.toThrow(refusal);
    else await app.init();
    await app.close();
  });
});
