import { Injectable } from '@nestjs/common';
import { addDays, type BusinessDay, startOfDay } from '../kernel/business-day';
import { foldText, searchWords } from '../kernel/text';
import { Conditions } from '../platform/db/conditions';
import { sql, sqlOne, type Tx } from '../platform/db/database';

/** Beyond it nobody counts on: a trail of years has millions of entries, and counting them takes seconds. */
export const TOTAL_CAP = 10_001;

export interface EntryRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reason: string | null;
  readonly address: string | null;
  readonly traceId: string | null;
}

export interface WholeEntryRow extends EntryRow {
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly position: bigint | null;
  readonly hash: Buffer | null;
  readonly sealedAt: Date | null;
}

export interface EntryFilter {
  /** An id; or words of a staff member's name. */
  readonly actor?: string;
  readonly action?: string;
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
}

/** Names of those who act or are acted upon, by id. */
export type Names = ReadonlyMap<string, string>;

const ROW = `e.id, e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.action, e.subject_type AS "subjectType",
  e.subject_id AS "subjectId", e.reason, e.address, e.trace_id AS "traceId"`;
const WHOLE = `${ROW}, e.before, e.after, s.position, s.hash, s.sealed_at AS "sealedAt"`;
const WITH_SEAL = 'audit_entries e LEFT JOIN audit_seals s ON s.entry_id = e.id';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What screens and exports read of the trail. Newest first, paged by the number of the entry. */
@Injectable()
export class AuditEntriesQueries {
  /** `limit + 1` rows tell whether more follow. */
  async list(tx: Tx, filter: EntryFilter, before: string | undefined, limit: number): Promise<EntryRow[]> {
    const where = await this.where(tx, filter, before);
    const rows = where.bind(limit + 1);
    return sql(tx, `SELECT ${ROW} FROM audit_entries e ${where.text} ORDER BY e.id DESC LIMIT ${rows}`, where.params);
  }

  /** Like {@link list}, with everything that is recorded. */
  async export(tx: Tx, filter: EntryFilter, before: bigint | undefined, limit: number): Promise<WholeEntryRow[]> {
    const where = await this.where(tx, filter, before);
    const rows = where.bind(limit);
    return sql(tx, `SELECT ${WHOLE} FROM ${WITH_SEAL} ${where.text} ORDER BY e.id DESC LIMIT ${rows}`, where.params);
  }

  /** At most {@link TOTAL_CAP}. */
  async count(tx: Tx, filter: EntryFilter): Promise<number> {
    const where = await this.where(tx, filter, undefined);
    const cap = where.bind(TOTAL_CAP);
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM (SELECT FROM audit_entries e ${where.text} LIMIT ${cap}) AS counted`,
      where.params,
    );
    return row?.count ?? 0;
  }

  find(tx: Tx, id: bigint): Promise<WholeEntryRow | undefined> {
    return sqlOne(tx, `SELECT ${WHOLE} FROM ${WITH_SEAL} WHERE e.id = $1`, [id]);
  }

  /** Of the people and banks in these rows. */
  async names(tx: Tx, rows: readonly EntryRow[]): Promise<Names> {
    const ids = rows.flatMap(({ actorId, subjectId }) => [actorId, subjectId]);
    const found = await sql<{ id: string; name: string }>(
      tx,
      `SELECT id::text AS id, full_name AS name FROM staff WHERE id = ANY ($1::uuid[])
       UNION ALL SELECT bin, short_name FROM banks WHERE bin = ANY ($2::text[])`,
      [ids.filter((id) => UUID.test(id)), ids],
    );
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  private async where(tx: Tx, filter: EntryFilter, before: bigint | string | undefined): Promise<Conditions> {
    const { actor, action, subjectType, subjectId, from, to, q = '' } = filter;
    const where = new Conditions()
      .add(actor && (await this.actorIds(tx, actor)), (ids) => `e.actor_id = ANY (${ids}::text[])`)
      .add(action, (value) => `e.action = ${value}`)
      .add(subjectType, (value) => `e.subject_type = ${value}`)
      .add(subjectId, (value) => `e.subject_id = ${value}`)
      .add(from && startOfDay(from as BusinessDay), (instant) => `e.at >= ${instant}`)
      .add(to && startOfDay(addDays(to as BusinessDay, 1)), (instant) => `e.at < ${instant}`)
      .add(before, (id) => `e.id < ${id}::bigint`);
    for (const word of wordsOf(q)) where.add(word, (value) => `strpos(${SEARCHED}, ${value}) > 0`);
    return where;
  }

  /** The id itself, and those of the people whose names hold every word, accents aside. */
  private async actorIds(tx: Tx, actor: string): Promise<string[]> {
    const words = searchWords(actor);
    if (words.length === 0) return [actor];
    const people = await sql<{ id: string; name: string }>(tx, 'SELECT id::text AS id, full_name AS name FROM staff');
    const named = people.filter(({ name }) => words.every((word) => foldText(name).includes(word)));
    return [actor, ...named.map(({ id }) => id)];
  }
}

/** Compared one after the other, without a list: this looks at every entry that the other conditions leave. */
function wordsOf(q: string): string[] {
  return q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
}

/** There is no folded column: what is searched are codes and addresses, and reasons as they were typed. */
const SEARCHED = `lower(concat_ws(' ', e.subject_id, e.reason, e.trace_id, e.address))`;
