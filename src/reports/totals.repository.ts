import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { inReach } from '../markets/market-reach';
import { currentScope } from '../platform/actor';
import { sql, sqlOne, type SqlValue, type Tx } from '../platform/db/database';
import type { PeriodPieces } from './period.rules';
import type { TotalsBy } from './reports.schema';

/** Sums of one group; amounts in đồng. */
export interface FiguresRow {
  readonly key: string | null;
  readonly name: string | null;
  readonly lineCount: bigint;
  readonly transactionCount: bigint;
  readonly amount: bigint;
  readonly reversalCount: bigint;
  readonly reversalAmount: bigint;
  readonly attributedAmount: bigint;
  readonly marketOnlyAmount: bigint;
  readonly suspenseAmount: bigint;
}

const CELL = `bank_bin, market_no, channel, bucket, line_count, transaction_count, amount, reversal_count, reversal_amount`;

const SUMS = `
  coalesce(sum(c.line_count), 0)::bigint AS "lineCount",
  coalesce(sum(c.transaction_count), 0)::bigint AS "transactionCount",
  coalesce(sum(c.amount), 0)::bigint AS amount,
  coalesce(sum(c.reversal_count), 0)::bigint AS "reversalCount",
  coalesce(sum(c.reversal_amount), 0)::bigint AS "reversalAmount",
  coalesce(sum(c.amount) FILTER (WHERE c.bucket = 1), 0)::bigint AS "attributedAmount",
  coalesce(sum(c.amount) FILTER (WHERE c.bucket = 2), 0)::bigint AS "marketOnlyAmount",
  coalesce(sum(c.amount) FILTER (WHERE c.bucket = 3), 0)::bigint AS "suspenseAmount"`;

const CHANNEL_NAME = `(ARRAY['VIETQR_TRANSFER', 'VIETQR_PAY', 'CARD', 'WALLET', 'MOBILE_MONEY'])[c.channel]`;

interface Grouping {
  /** Columns `key` and `name` of a group. */
  readonly select: string;
  readonly join: string;
  readonly groupBy: string;
  readonly orderBy: string;
}

const LARGEST_FIRST = 'sum(c.amount) DESC, 1';

const GROUPINGS: Record<TotalsBy, Grouping> = {
  market: {
    select: 'm.code AS key, m.name AS name',
    join: 'LEFT JOIN markets m ON m.no = c.market_no',
    groupBy: 'm.code, m.name',
    orderBy: LARGEST_FIRST,
  },
  commune: {
    select: 'm.commune_code AS key, max(u.name) AS name',
    join: `LEFT JOIN markets m ON m.no = c.market_no
           LEFT JOIN administrative_units u ON u.code = m.commune_code AND u.valid_to IS NULL`,
    groupBy: 'm.commune_code',
    orderBy: LARGEST_FIRST,
  },
  bank: {
    select: 'c.bank_bin AS key, b.short_name AS name',
    join: 'JOIN banks b ON b.bin = c.bank_bin',
    groupBy: 'c.bank_bin, b.short_name',
    orderBy: LARGEST_FIRST,
  },
  channel: {
    select: `${CHANNEL_NAME} AS key, ${CHANNEL_NAME} AS name`,
    join: '',
    groupBy: 'c.channel',
    orderBy: 'c.channel',
  },
  day: { select: 'c.at::text AS key, NULL AS name', join: '', groupBy: 'c.at', orderBy: 'c.at' },
  month: {
    select: `to_char(c.at, 'YYYY-MM') AS key, NULL AS name`,
    join: '',
    groupBy: `to_char(c.at, 'YYYY-MM')`,
    orderBy: '1',
  },
};

/** Totals from the rollups: nothing is summed over lines while somebody waits. */
@Injectable()
export class TotalsRepository {
  /** One row per group that has figures; suspense has no market and therefore the key null. */
  groups(tx: Tx, by: TotalsBy, pieces: PeriodPieces, marketNo: number | null): Promise<FiguresRow[]> {
    const { select, join, groupBy, orderBy } = GROUPINGS[by];
    const { text, params } = cells(pieces, marketNo);
    return sql<FiguresRow>(
      tx,
      `SELECT ${select}, ${SUMS} FROM (${text}) c ${join} GROUP BY ${groupBy} ORDER BY ${orderBy}`,
      params,
    );
  }

  async sum(tx: Tx, pieces: PeriodPieces, marketNo: number | null): Promise<FiguresRow> {
    const { text, params } = cells(pieces, marketNo);
    const row = await sqlOne<FiguresRow>(tx, `SELECT NULL AS key, NULL AS name, ${SUMS} FROM (${text}) c`, params);
    return row as FiguresRow;
  }

  async marketNo(tx: Tx, code: string): Promise<number | undefined> {
    const row = await sqlOne<{ no: number }>(tx, `SELECT m.no FROM markets m WHERE m.code = $1 AND ${inReach('m')}`, [
      code,
    ]);
    return row?.no;
  }
}

/** What was sent for tests is nobody's takings. */
const REAL = `left(bank_bin, 1) <> '0'`;

/** Suspense belongs to no market: who is bound to communes or markets sees none of it. */
function figuresInReach(): string {
  const condition = inReach('m');
  if (condition === 'true') return '';
  const suspense = currentScope()?.kind === 'province' ? ' OR market_no = 0' : '';
  return ` AND (market_no IN (SELECT m.no FROM markets m WHERE ${condition})${suspense})`;
}

/** The rollup cells of a period: whole months from month_totals, the days at its ends from day_totals. */
function cells(pieces: PeriodPieces, marketNo: number | null): { text: string; params: SqlValue[] } {
  const params: SqlValue[] = [];
  const bind = (value: BusinessDay | number): string => `$${params.push(value)}`;
  const market = (): string => (marketNo === null ? figuresInReach() : ` AND market_no = ${bind(marketNo)}`);
  const parts = pieces.days.map(
    ({ from, to }) =>
      `SELECT business_date AS at, ${CELL} FROM day_totals
       WHERE business_date BETWEEN ${bind(from)}::date AND ${bind(to)}::date AND ${REAL}${market()}`,
  );
  if (pieces.months) {
    const { from, to } = pieces.months;
    parts.push(
      `SELECT month AS at, ${CELL} FROM month_totals
       WHERE month BETWEEN ${bind(from)}::date AND ${bind(to)}::date AND ${REAL}${market()}`,
    );
  }
  return { text: parts.join(' UNION ALL '), params };
}
