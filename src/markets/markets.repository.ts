import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { searchWords } from '../kernel/text';
import { columnsOf } from '../platform/db/columns';
import { Conditions } from '../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import { inReach } from './market-reach';
import type { Market, MarketInput, MarketListQuery, MarketRow, Zone } from './market.schema';

/** What people may set, as it stands in the table. */
export type MarketFacts = MarketInput & { readonly provinceCode: string; readonly searchText: string };

/** A market as stored; what is computed from it is missing. */
export type MarketRecord = Omit<Market, 'suggestedClass' | 'classDiffers' | 'counts'> & {
  readonly id: string;
  /** Short key inside the ledger. */
  readonly no: number;
};

export type MarketListRow = Omit<MarketRow, 'suggestedClass' | 'classDiffers'> & {
  readonly id: string;
  readonly build: Market['build'];
  readonly inPlan: boolean;
};

export type MarketFilter = Pick<MarketListQuery, 'q' | 'state' | 'class' | 'marketKind' | 'communeCode'>;

/** Column of each fact, in the order in which they are written. */
const FACTS: readonly [column: string, fact: keyof MarketFacts, type: string][] = [
  ['code', 'code', 'text'],
  ['name', 'name', 'text'],
  ['search_text', 'searchText', 'text'],
  ['kind', 'kind', 'text'],
  ['market_kind', 'marketKind', 'text'],
  ['capital_source', 'capitalSource', 'text'],
  ['build', 'build', 'text'],
  ['in_plan', 'inPlan', 'bool'],
  ['planned_points', 'plannedPoints', 'int'],
  ['operating_points', 'operatingPoints', 'int'],
  ['area_m2', 'areaM2', 'numeric'],
  ['official_class', 'officialClass', 'smallint'],
  ['class_decision', 'classDecision', 'text'],
  ['class_decision_on', 'classDecisionOn', 'date'],
  ['operator_name', 'operatorName', 'text'],
  ['operator_kind', 'operatorKind', 'text'],
  ['operator_tax_code', 'operatorTaxCode', 'text'],
  ['address', 'address', 'text'],
  ['latitude', 'latitude', 'numeric'],
  ['longitude', 'longitude', 'numeric'],
  ['opens', 'opens', 'text'],
  ['closes', 'closes', 'text'],
  ['rules_document', 'rulesDocument', 'text'],
  ['province_code', 'provinceCode', 'text'],
  ['commune_code', 'communeCode', 'text'],
  ['former_commune_code', 'formerCommuneCode', 'text'],
  ['former_commune', 'formerCommune', 'text'],
];

/** `numeric` keeps the zeros of its scale; nobody typed them. */
const NUMERIC = new Set(['numeric']);

const RECORD = [
  'm.id',
  'm.no',
  'm.aliases',
  'm.state',
  'm.state_since AS "stateSince"',
  'm.below_criteria AS "belowCriteria"',
  'm.version',
  'u.name AS "communeName"',
  ...FACTS.filter(([column]) => column !== 'search_text').map(([column, fact, type]) =>
    NUMERIC.has(type) ? `trim_scale(m.${column})::text AS "${fact}"` : `m.${column} AS "${fact}"`,
  ),
].join(', ');

/** The commune's present row, else its last one. */
const WITH_COMMUNE = `markets m LEFT JOIN LATERAL (
  SELECT name FROM administrative_units WHERE code = m.commune_code ORDER BY valid_from DESC LIMIT 1) u ON true`;

@Injectable()
export class MarketsRepository {
  find(tx: Tx, code: string): Promise<MarketRecord | undefined> {
    return sqlOne<MarketRecord>(tx, `SELECT ${RECORD} FROM ${WITH_COMMUNE} WHERE m.code = $1 AND ${inReach('m')}`, [
      code,
    ]);
  }

  /** The row is locked: whoever changes the market or its stalls in bulk does so one after the other. */
  findLocked(tx: Tx, code: string): Promise<MarketRecord | undefined> {
    return sqlOne<MarketRecord>(
      tx,
      `SELECT ${RECORD} FROM ${WITH_COMMUNE} WHERE m.code = $1 AND ${inReach('m')} FOR UPDATE OF m`,
      [code],
    );
  }

  findMany(tx: Tx, codes: readonly string[]): Promise<MarketRecord[]> {
    return sql<MarketRecord>(
      tx,
      `SELECT ${RECORD} FROM ${WITH_COMMUNE} WHERE m.code = ANY ($1) AND ${inReach('m')} FOR UPDATE OF m`,
      [codes],
    );
  }

  /** Code, name and province of those of the codes that there are. */
  places(tx: Tx, codes: readonly string[]): Promise<{ code: string; name: string; provinceCode: string }[]> {
    return sql(
      tx,
      `SELECT code, name, province_code AS "provinceCode" FROM markets WHERE code = ANY ($1)
       ORDER BY name COLLATE "vi-x-icu", code`,
      [codes],
    );
  }

  /** A market that exists already is left as it is; says how many were new. */
  async insertMany(
    tx: Tx,
    rows: readonly ({ id: string } & MarketFacts)[],
    today: BusinessDay,
    now: Date,
  ): Promise<number> {
    const columns = FACTS.map(([column]) => column);
    const types = FACTS.map(([, , type], index) => `$${index + 5}::${type}[]`);
    return execute(
      tx,
      `INSERT INTO markets (id, aliases, state_since, created_at, updated_at, ${columns.join(', ')})
       SELECT id, ARRAY(SELECT jsonb_array_elements_text(aliases)), $3, $4, $4, ${columns.join(', ')}
       FROM unnest($1::uuid[], $2::jsonb[], ${types.join(', ')}) AS r (id, aliases, ${columns.join(', ')})
       ON CONFLICT (code) DO NOTHING`,
      [
        rows.map((row) => row.id),
        rows.map((row) => JSON.stringify(row.aliases)),
        today,
        now,
        ...columnsOf(
          rows,
          FACTS.map(([, fact]) => fact),
        ),
      ],
    );
  }

  /** Writes every fact but the code if the version is still the one that was read; says whether it was. */
  async update(tx: Tx, id: string, version: number, facts: MarketFacts, now: Date): Promise<boolean> {
    const changed = FACTS.filter(([column]) => column !== 'code');
    const sets = changed.map(([column], index) => `${column} = $${index + 5}`);
    const touched = await execute(
      tx,
      `UPDATE markets SET aliases = $3, version = version + 1, updated_at = $4, ${sets.join(', ')}
       WHERE id = $1 AND version = $2`,
      [id, version, facts.aliases, now, ...changed.map(([, fact]) => facts[fact])],
    );
    return touched === 1;
  }

  async count(tx: Tx, filter: MarketFilter): Promise<number> {
    const where = conditions(filter);
    const row = await sqlOne<{ count: bigint }>(tx, `SELECT count(*) FROM markets m ${where.text}`, where.params);
    return Number(row?.count ?? 0);
  }

  /** In Vietnamese order of name; one row more than `limit`. */
  list(tx: Tx, filter: MarketFilter, page: { after: string[] | null; limit: number }): Promise<MarketListRow[]> {
    const where = conditions(filter);
    if (page.after) {
      const [name, id] = page.after.map((part) => where.bind(part));
      where.also(`(m.name COLLATE "vi-x-icu", m.id) > (${name} COLLATE "vi-x-icu", ${id}::uuid)`);
    }
    const limit = where.bind(page.limit + 1);
    return sql<MarketListRow>(
      tx,
      `SELECT m.id, m.code, m.name, m.market_kind AS "marketKind", m.official_class AS class,
         m.commune_code AS "communeCode", u.name AS "communeName", m.operator_name AS "operatorName",
         m.planned_points AS "plannedPoints", m.operating_points AS "operatingPoints", m.state,
         m.state_since AS "stateSince", m.build, m.in_plan AS "inPlan",
         (SELECT count(*)::int FROM stalls s WHERE s.market_id = m.id AND s.state <> 'closed') AS "stallCount",
         (SELECT count(*)::int FROM qr_issues q WHERE q.market_id = m.id AND q.state = 'active') AS "qrCount"
       FROM ${WITH_COMMUNE} ${where.text} ORDER BY m.name COLLATE "vi-x-icu", m.id LIMIT ${limit}`,
      where.params,
    );
  }

  async counts(tx: Tx, marketId: string, day: BusinessDay): Promise<Market['counts']> {
    const row = await sqlOne<Market['counts']>(
      tx,
      `SELECT count(*)::int AS stalls,
         count(*) FILTER (WHERE EXISTS (SELECT FROM leases l WHERE l.stall_id = s.id
           AND $2 BETWEEN l.from_day AND coalesce(l.to_day, 'infinity')))::int AS occupied,
         count(*) FILTER (WHERE EXISTS (SELECT FROM payout_assignments p
           JOIN payout_accounts a ON a.id = p.payout_account_id AND a.verified_at IS NOT NULL
           WHERE p.stall_id = s.id
           AND $2 BETWEEN p.from_day AND coalesce(p.to_day, 'infinity')))::int AS "withVerifiedAccount",
         count(*) FILTER (WHERE EXISTS (SELECT FROM qr_issues q WHERE q.stall_id = s.id
           AND q.state = 'active'))::int AS "withQr"
       FROM stalls s WHERE s.market_id = $1 AND s.state <> 'closed'`,
      [marketId, day],
    );
    return row ?? { stalls: 0, occupied: 0, withVerifiedAccount: 0, withQr: 0 };
  }

  zones(tx: Tx, marketId: string): Promise<Zone[]> {
    return sql<Zone>(
      tx,
      `SELECT z.id, z.name, z.ordinal,
         (SELECT count(*)::int FROM stalls s WHERE s.zone_id = z.id AND s.state <> 'closed') AS "stallCount"
       FROM zones z WHERE z.market_id = $1 ORDER BY z.ordinal, z.id`,
      [marketId],
    );
  }

  /** Adds zones behind those that are there, in the order given. The caller holds the market's lock. */
  async insertZones(tx: Tx, marketId: string, zones: readonly { id: string; name: string }[]): Promise<void> {
    await execute(
      tx,
      `INSERT INTO zones (id, market_id, name, ordinal)
       SELECT id, $1, name, ordinality + (SELECT coalesce(max(ordinal), 0) FROM zones WHERE market_id = $1)
       FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS r (id, name, ordinality)`,
      [marketId, ...columnsOf(zones, ['id', 'name'])],
    );
  }
}

function conditions(filter: MarketFilter): Conditions {
  return new Conditions()
    .also(inReach('m'))
    .add(filter.state, (state) => `m.state = ${state}`)
    .add(filter.class, (marketClass) => `m.official_class = ${marketClass}`)
    .add(filter.marketKind, (kind) => `m.market_kind = ${kind}`)
    .add(filter.communeCode, (code) => `m.commune_code = ${code}`)
    .contains('m.search_text', searchWords(filter.q ?? ''));
}
