import { sqlOne } from '../../src/platform/db/database';
import { runAs } from '../../src/platform/actor';
import { PostingService } from '../../src/submissions/posting.service';
import { saveSampleRegister } from '../factories/register.factory';
import { makeSubmission } from '../factories/submission-lines';
import type { Answer } from './answers';
import { startTestApp, type TestApp } from './app';
import { BankClient, bankWithKey } from './bank-client';
import { EXPECTED, recount } from './ledger-figures';
import { fixture, idOf, judge, post, prove } from './posting';

/** Two instances on one database, with pools so small that a request which needs two connections would starve. */
let apps: [TestApp, TestApp];
let banks: [BankClient, BankClient];
beforeAll(async () => {
  const environment = { DATABASE_POOL_SIZE: '3' };
  const first = await startTestApp({ workers: false, environment });
  const second = await startTestApp({ workers: false, environment, beside: first });
  apps = [first, second];
  await first.database.write((tx) => saveSampleRegister(tx));
  const bank = await bankWithKey(first, '970436');
  banks = [bank, new BankClient(second, bank.bin, bank.key)];
});
afterAll(async () => {
  await apps[1].stop();
  await apps[0].stop();
});

/** The body 100 times at once, half to each instance. */
function hundred(body: string | Buffer, key: (i: number) => string): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: 100 }, (_, i) => post(banks[i % 2 ? 1 : 0], body, { idempotencyKey: key(i) })),
  );
}

function codesOf(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status < 300 ? String(status) : `${status} ${String(body.code as unknown as string)}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

async function submissionsOf(reference: string): Promise<number> {
  const row = await apps[0].database.read((tx) =>
    sqlOne<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM submissions WHERE reference = $1', [reference]),
  );
  return row?.count ?? 0;
}

it('100 posts with one key: one effect, one answer', async () => {
  const body = fixture('submissions/submission.csv');
  const answers = await hundred(body, () => 'one-key');
  const taken = answers.filter(({ status }) => status === 202);
  expect(Object.keys(codesOf(answers)).sort()).toEqual(expect.arrayContaining(['202']));
  for (const answer of answers) {
    if (answer.status !== 202) expect([answer.status, answer.body.code]).toEqual([409, 'request_in_progress']);
  }
  expect(new Set(taken.map(({ bytes }) => bytes.toString())).size).toBe(1);
  expect(taken.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
  expect(await submissionsOf('VCB-20261010-0001')).toBe(1);
  expect(await judge(apps[1], taken[0] as Answer)).toBe('ACCEPTED');
});

it('100 posts with 100 keys: one effect, its receipt to all', async () => {
  const answers = await hundred(fixture('submissions/submission-rev2.csv'), (i) => `key-${i}`);
  expect(codesOf(answers)).toEqual({ '202': 1, '200': 99 });
  expect(new Set(answers.map(idOf)).size).toBe(1);
  expect(await submissionsOf('VCB-20261010-0001-R2')).toBe(1);
});

it('100 workers at once: booked once', async () => {
  const answer = await post(banks[0], fixture('submissions/submission-rev2.csv'));
  const states = await Promise.all(Array.from({ length: 100 }, (_, i) => judge(apps[i % 2 ? 1 : 0], answer)));
  expect(states.filter((state) => state !== 'nothing_to_do')).toEqual(['ACCEPTED']);
  const { all } = await recount(apps[0], `'all'`);
  expect(all).toEqual(EXPECTED.revision2.declared);
  expect(await prove(apps[0])).toMatchObject({ ok: true, lines: EXPECTED.revision2.declared.lineCount });
});

it('revisions and parts of one day at once: the highest of each part counts', async () => {
  const receipts: Answer[] = [];
  for (let part = 1; part <= 4; part += 1) {
    for (let revision = 1; revision <= 5; revision += 1) {
      const lines = Array.from({ length: 20 }, (_, i) => ({
        account: `P${part}R${revision}L${1_000 + i}`,
        count: revision,
      }));
      const body = makeSubmission({ reference: `R-${part}-${revision}`, day: '2026-10-20', part, revision, lines });
      receipts.push(await post(banks[0], body));
    }
  }
  expect(codesOf(receipts)).toEqual({ '202': 20 });
  await Promise.all(receipts.map((receipt, i) => judge(apps[i % 2 ? 1 : 0], receipt)));
  const { all } = await recount(apps[0], `'all'`, `l.business_date = '2026-10-20'`);
  expect(all).toMatchObject({ lineCount: String(4 * 20), transactionCount: String(4 * 20 * 5) });
  expect((await prove(apps[0])).ok).toBe(true);
});

it('a posting on every connection of the pool: all come through', async () => {
  const posting = apps[0].app.get(PostingService, { strict: false });
  const receipts: Answer[] = [];
  for (let part = 1; part <= 3; part += 1) {
    const lines = Array.from({ length: 20_000 }, (_, i) => ({ account: `BIG${part}X${100_000 + i}` }));
    receipts.push(await post(banks[0], makeSubmission({ reference: `BIG-${part}`, day: '2026-10-21', part, lines })));
  }
  const states = await Promise.all(
    receipts.map((receipt) => runAs({ kind: 'system', id: 'test' }, () => posting.process(idOf(receipt)))),
  );
  expect(states.map(({ state }) => state)).toEqual(Array(3).fill('ACCEPTED'));
  const { all } = await recount(apps[0], `'all'`, `l.business_date = '2026-10-21'`);
  expect(all?.lineCount).toBe(String(3 * 20_000));
}, 30_000);
