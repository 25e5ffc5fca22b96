import { Client } from 'pg';
import { execute } from '../../src/platform/db/database';
import { JobHandlers } from '../../src/platform/queue/job-handlers';
import { makeSubmission } from '../factories/submission-lines';
import { startTestApp, type TestApp } from './app';
import { type BankClient, bankWithKey } from './bank-client';
import { idOf, post } from './posting';

/** One instance that receives and one that works, on one database and one queue. */
let receiving: TestApp;
let working: TestApp;
let bank: BankClient;
beforeAll(async () => {
  receiving = await startTestApp({ workers: false });
  bank = await bankWithKey(receiving, '970436');
});
afterAll(async () => {
  await working.stop();
  await receiving.stop();
});

const LINES = [{ account: 'NOBODY01' }];

async function states(ids: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(ids.map((id) => bank.get(`/api/v1/bank/submissions/${id}`)));
  return answers.map(({ body }) => body.state as unknown as string);
}

/** Asks until it is so: a condition, never a pause. */
async function become(ids: readonly string[], expected: readonly string[]): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (let found = await states(ids); ; found = await states(ids)) {
    if (found.join() === expected.join()) return;
    if (performance.now() > deadline) return expect(found).toEqual(expected);
  }
}

/** Everything the queue holds, gone: what FLUSHALL does to a Redis. */
async function emptyQueue(): Promise<void> {
  const owner = new Client({ connectionString: receiving.urls.ownerUrl });
  await owner.connect();
  await owner.query('TRUNCATE bullmq.job, bullmq.dedup, bullmq.dedup_next, bullmq.scheduler CASCADE');
  await owner.end();
}

it('nothing is lost with the queue: a worker that comes later finds what was forgotten', async () => {
  const ids: string[] = [];
  for (const reference of ['LOST-1', 'LOST-2', 'DEAD-1']) {
    ids.push(idOf(await post(bank, makeSubmission({ reference, part: ids.length + 1, lines: LINES }))));
  }
  // The third one was taken up by a worker that died.
  await receiving.database.write((tx) =>
    execute(tx, `UPDATE submissions SET state = 'PROCESSING', claimed_at = $2, attempts = 1 WHERE id = $1`, [
      ids[2],
      receiving.clock.now(),
    ]),
  );
  await emptyQueue();

  working = await startTestApp({ beside: receiving });
  const sweep = () => working.app.get(JobHandlers, { strict: false }).run('sweep', {}, new AbortController().signal);
  expect(await sweep()).toMatchObject({ submissions: 0 });
  expect(await states(ids)).toEqual(['RECEIVED', 'RECEIVED', 'PROCESSING']);

  working.clock.advanceMs(21_000);
  await sweep();
  await become(ids, ['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
}, 40_000);

it('a submission is judged as soon as its bell is heard', async () => {
  const good = idOf(await post(bank, makeSubmission({ reference: 'RUNG-1', part: 11, lines: LINES })));
  const text = makeSubmission({ reference: 'RUNG-2', part: 12, lines: LINES });
  const wrong = idOf(await post(bank, text.replace('\nT,1,', '\nT,2,')));
  await become([good, wrong], ['ACCEPTED', 'REJECTED']);
}, 40_000);
