import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { withSystemScope } from '../platform/actor';
import { Database, type Tx } from '../platform/db/database';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { BUCKETS, bucketOf, REASONS, reasonOf } from './attribution.rules';
import { LineTargets } from './line-target';
import { ProblemValues } from './problem-values';
import { SubmissionNotFound } from './submissions.errors';
import {
  type BankStallRow,
  type BucketRow,
  type LineRow,
  type ProblemRow,
  SubmissionsQueries,
  type SubmissionRow,
} from './submissions.queries';
import type {
  BankStall,
  LineItem,
  LinesQuery,
  PageQuery,
  ProblemItem,
  SubmissionAnswer,
  SubmissionsQuery,
  SuspenseItem,
  SuspenseQuery,
} from './submissions.schema';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What people and banks may know about submissions. `bankBin` limits every answer to one bank's own. */
@Injectable()
export class SubmissionsService {
  constructor(
    private readonly database: Database,
    private readonly queries: SubmissionsQueries,
    private readonly values: ProblemValues,
    private readonly targets: LineTargets,
    private readonly clock: Clock,
  ) {}

  /** @throws SubmissionNotFound, also for another bank's */
  submission(id: string, bankBin: string | null): Promise<SubmissionAnswer> {
    return this.database.read(async (tx) => {
      const row = await this.mustFind(tx, id, bankBin);
      return answerOf(row, await this.queries.buckets(tx, [row.no]));
    });
  }

  /** @throws CursorInvalid */
  list(query: SubmissionsQuery): Promise<Page<SubmissionAnswer>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.instant, CURSOR_PART.uuid]);
    return this.database.read(async (tx) => {
      const total = await this.queries.count(tx, query);
      const rows = await this.queries.list(tx, query, after, query.limit);
      const buckets = await this.queries.buckets(
        tx,
        rows.map(({ no }) => no),
      );
      return pageOf(rows, {
        limit: query.limit,
        total,
        key: (row) => [row.receivedAt.toISOString(), row.id],
        item: (row) =>
          answerOf(
            row,
            buckets.filter(({ no }) => no === row.no),
          ),
      });
    });
  }

  /** @throws SubmissionNotFound, CursorInvalid */
  problems(id: string, bankBin: string | null, query: PageQuery): Promise<Page<ProblemItem>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.integer]);
    return this.database.read(async (tx) => {
      const row = await this.mustFind(tx, id, bankBin);
      const rows = await this.queries.problems(tx, row.id, Number(after?.[0] ?? 0), query.limit);
      return pageOf(rows, {
        limit: query.limit,
        total: row.problemCount,
        key: ({ ordinal }) => [String(ordinal)],
        item: (found) => problemItemOf(found, bankBin ? this.values.open(row.id, found) : this.values.masked(found)),
      });
    });
  }

  /** @throws SubmissionNotFound, CursorInvalid */
  async lines(id: string, bankBin: string | null, query: LinesQuery): Promise<Page<LineItem>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.integer]);
    const bucket = query.status ? BUCKETS[query.status] : null;
    const row = await this.database.read((tx) => this.mustFind(tx, id, bankBin));
    const item = (line: LineRow): LineItem => this.lineOf(line, bankBin ? 'clear' : 'masked');
    // Whose submission it is has been asked; what its lines name is told to its bank whatever stall they landed on.
    return this.namingEveryStall(async (tx) => {
      const total = await this.queries.lineCount(tx, row, bucket);
      const rows = await this.queries.lines(tx, row, bucket, Number(after?.[0] ?? 0), query.limit);
      return pageOf(rows, { limit: query.limit, total, key: ({ line }) => [String(line)], item });
    });
  }

  private namingEveryStall<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return withSystemScope(() => this.database.read(work));
  }

  /** @throws CursorInvalid */
  suspense(query: SuspenseQuery): Promise<Page<SuspenseItem>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.day, CURSOR_PART.bigint, CURSOR_PART.integer]);
    const filter = { ...query, reason: query.reason ? REASONS[query.reason] : undefined };
    return this.database.read(async (tx) => {
      const total = await this.queries.suspenseCount(tx, filter);
      const rows = await this.queries.suspense(tx, filter, after, query.limit);
      return pageOf(rows, {
        limit: query.limit,
        total,
        key: (row) => [row.businessDate, row.submissionNo.toString(), String(row.line)],
        item: ({ submissionId, reference, bankBin, bankName, businessDate, ...line }) => ({
          ...this.lineOf(line, 'masked'),
          submissionId,
          reference,
          bankBin,
          bankName,
          businessDate,
        }),
      });
    });
  }

  /** The stalls and accounts that we hold for a bank today, so that it can check its own list. @throws CursorInvalid */
  bankStalls(bankBin: string, query: PageQuery): Promise<Page<BankStall>> {
    const after = decodeCursor(query.cursor, 2);
    const today = this.clock.today();
    return this.database.read(async (tx) => {
      const total = await this.queries.bankStallCount(tx, bankBin, today);
      const rows = await this.queries.bankStalls(tx, bankBin, today, after, query.limit);
      const key = ({ marketCode, stallCode }: BankStallRow): string[] => [marketCode, stallCode];
      // In clear: the bank keeps these accounts itself, and checks them against its own list.
      return pageOf(rows, {
        limit: query.limit,
        total,
        key,
        item: (row) => ({ ...row, account: row.account.reveal() }),
      });
    });
  }

  /** An account in clear is for the bank that reported it; staff reads its mask. */
  private lineOf(row: LineRow, how: 'clear' | 'masked'): LineItem {
    return {
      line: row.line,
      status: bucketOf(row.bucket),
      reason: reasonOf(row.reason),
      target: this.targets.open(row)[how],
      stallCode: row.stallCode,
      marketCode: row.marketCode,
      channel: row.channel,
      transactionCount: String(row.transactionCount),
      amount: row.amount.toString(),
      reversalCount: String(row.reversalCount),
      reversalAmount: row.reversalAmount.toString(),
    };
  }

  private async mustFind(tx: Tx, id: string, bankBin: string | null): Promise<SubmissionRow> {
    const row = UUID.test(id) ? await this.queries.find(tx, id, bankBin) : undefined;
    if (!row) throw new SubmissionNotFound();
    return row;
  }
}

function answerOf(row: SubmissionRow, buckets: readonly BucketRow[]): SubmissionAnswer {
  const { lineCount, transactionCount, amount, reversalCount, reversalAmount, no: _no, ...rest } = row;
  const judged = lineCount !== null;
  const declared = {
    lineCount: String(lineCount),
    transactionCount: String(transactionCount),
    amount: String(amount),
    reversalCount: String(reversalCount),
    reversalAmount: String(reversalAmount),
  };
  return {
    ...rest,
    sha256: row.sha256.toString('hex'),
    byteCount: row.byteCount.toString(),
    declared: judged ? declared : null,
    buckets: row.state === 'ACCEPTED' ? bucketsOf(buckets) : null,
    receivedAt: row.receivedAt.toISOString(),
    heldAt: row.heldAt?.toISOString() ?? null,
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    rejectedAt: row.rejectedAt?.toISOString() ?? null,
    supersededAt: row.supersededAt?.toISOString() ?? null,
  };
}

function bucketsOf(rows: readonly BucketRow[]): NonNullable<SubmissionAnswer['buckets']> {
  const figures = (bucket: number) => {
    const row = rows.find((candidate) => candidate.bucket === bucket);
    return {
      lineCount: String(row?.lineCount ?? 0n),
      transactionCount: String(row?.transactionCount ?? 0n),
      amount: String(row?.amount ?? 0n),
      reversalCount: String(row?.reversalCount ?? 0n),
      reversalAmount: String(row?.reversalAmount ?? 0n),
    };
  };
  return {
    attributed: figures(BUCKETS.attributed),
    marketOnly: figures(BUCKETS.market_only),
    suspense: figures(BUCKETS.suspense),
  };
}

function problemItemOf(row: ProblemRow, value: string | null): ProblemItem {
  const { line, field, code, messageVi: message, messageEn } = row;
  return { line, field, value, code, message, messageEn };
}
