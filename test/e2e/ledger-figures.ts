import { sql, type SqlValue } from '../../src/platform/db/database';
import type { TestApp } from './app';
import { fixture } from './posting';

/** Five figures as digit strings, in the form of test/fixtures/submissions/expected.json. */
export interface FiveFigures {
  readonly lineCount: string;
  readonly transactionCount: string;
  readonly amount: string;
  readonly reversalCount: string;
  readonly reversalAmount: string;
}

interface ExpectedSubmission {
  readonly declared: FiveFigures;
  readonly known: FiveFigures;
  readonly suspense: FiveFigures;
  readonly unknownAccounts: readonly string[];
  readonly byMarket: Readonly<Record<string, FiveFigures>>;
  readonly byChannel: Readonly<Record<string, FiveFigures>>;
}

export const EXPECTED = (
  JSON.parse(fixture('submissions/expected.json').toString()) as {
    submissions: Record<'first' | 'first150' | 'second' | 'empty' | 'revision2', ExpectedSubmission>;
  }
).submissions;

export const ZEROS: FiveFigures = {
  lineCount: '0',
  transactionCount: '0',
  amount: '0',
  reversalCount: '0',
  reversalAmount: '0',
};

const FIGURES = `count(*)::text AS "lineCount", coalesce(sum(transaction_count), 0)::text AS "transactionCount",
  coalesce(sum(amount), 0)::text AS amount, coalesce(sum(reversal_count), 0)::text AS "reversalCount",
  coalesce(sum(reversal_amount), 0)::text AS "reversalAmount"`;

/** A recount over the lines that count now, grouped by an expression; what no rollup had a part in. */
export async function recount(
  { database }: TestApp,
  group: string,
  where = 'true',
  params: readonly SqlValue[] = [],
): Promise<Record<string, FiveFigures>> {
  const rows = await database.read((tx) =>
    sql<FiveFigures & { key: string | null }>(
      tx,
      `SELECT ${group} AS key, ${FIGURES}
       FROM submission_lines l
       JOIN current_submissions c ON c.submission_no = l.submission_no
       LEFT JOIN markets m ON m.no = l.market_no
       WHERE ${where} GROUP BY 1`,
      params,
    ),
  );
  return Object.fromEntries(rows.map(({ key, ...figures }) => [String(key), figures]));
}

/** The five figures of a row that has more. */
export function five(row: FiveFigures): FiveFigures {
  const { lineCount, transactionCount, amount, reversalCount, reversalAmount } = row;
  return { lineCount, transactionCount, amount, reversalCount, reversalAmount };
}
