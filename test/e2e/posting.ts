import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqlOne } from '../../src/platform/db/database';
import { runAs } from '../../src/platform/actor';
import { LedgerProofService, type Proof } from '../../src/submissions/ledger-proof.service';
import { PostingService } from '../../src/submissions/posting.service';
import { SuspenseService } from '../../src/submissions/suspense.service';
import { WithdrawalService } from '../../src/submissions/withdrawal.service';
import type { Answer } from './answers';
import type { TestApp } from './app';
import type { BankClient, BankSending } from './bank-client';

const PATH = '/api/v1/bank/submissions';
const FIXTURES = join(__dirname, '..', 'fixtures');

export function fixture(name: string): Buffer {
  return readFileSync(join(FIXTURES, name));
}

/** A signed POST of a submission; CSV unless told. */
export function submissionOf(body: string | Buffer, how: Partial<BankSending> & { query?: string } = {}): BankSending {
  const { query = '', ...sending } = how;
  return { path: PATH + query, body, contentType: 'text/csv', ...sending };
}

export function post(
  bank: BankClient,
  body: string | Buffer,
  how?: Partial<BankSending> & { query?: string },
): Promise<Answer> {
  return bank.send(submissionOf(body, how));
}

/** What a worker does when it hears the bell for this receipt. */
export async function judge(app: TestApp, receipt: { readonly body: object }): Promise<string> {
  const id = idOf(receipt);
  const posting = app.app.get(PostingService, { strict: false });
  const { state } = await runAs({ kind: 'system', id: 'process-submission' }, () => posting.process(id));
  return state;
}

/** Posts and judges: the state it came to, and its id. */
export async function book(
  app: TestApp,
  bank: BankClient,
  body: string | Buffer,
  how?: Partial<BankSending> & { query?: string },
): Promise<{ id: string; state: string }> {
  const receipt = await post(bank, body, how);
  if (receipt.status !== 202) throw new Error(`answered ${receipt.status}: ${receipt.bytes.toString()}`);
  return { id: idOf(receipt), state: await judge(app, receipt) };
}

export function idOf({ body }: { readonly body: object }): string {
  return (body as { id: string }).id;
}

/** What the sweeper does for suspense. @returns lines moved */
export function resolveSuspense({ app }: TestApp): Promise<number> {
  const suspense = app.get(SuspenseService, { strict: false });
  return runAs({ kind: 'system', id: 'suspense' }, () => suspense.resolve());
}

/** What the sweeper does for consents that were taken back. @returns lines that left their stall */
export function applyWithdrawals({ app }: TestApp): Promise<number> {
  const withdrawals = app.get(WithdrawalService, { strict: false });
  return runAs({ kind: 'system', id: 'withdrawn-consents' }, () => withdrawals.apply());
}

export function prove({ app }: TestApp): Promise<Proof> {
  return runAs({ kind: 'system', id: 'proof' }, () => app.get(LedgerProofService, { strict: false }).prove());
}

/** Rows that a request may leave, by table. */
export async function rowCounts({ database }: TestApp): Promise<Record<string, number>> {
  const tables = ['submissions', 'submission_body_chunks', 'idempotency_records', 'submission_lines', 'day_totals'];
  const columns = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
  const row = await database.read((tx) => sqlOne<Record<string, number>>(tx, `SELECT ${columns.join(', ')}`));
  return { ...row };
}
