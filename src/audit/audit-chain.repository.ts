import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';
import type { ChainedEntry, ChainLink, SealedEntry } from './audit-chain.rules';

/** One number for all processes of this system; advisory locks are per database. */
const SEALING_LOCK = '4040404006';

const UTC = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Columns of {@link ChainedEntry} from `audit_entries e`; JSON as text, because a parsed number is a rounded one. */
const ENTRY = `e.id, ${UTC('e.at')} AS at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.action,
  e.subject_type AS "subjectType", e.subject_id AS "subjectId", e.before::text AS before, e.after::text AS after,
  e.reason, e.trace_id AS "traceId", e.address, e.province_code AS "provinceCode"`;

type Row = Omit<SealedEntry, 'entry'> & { [Column in keyof ChainedEntry]: ChainedEntry[Column] | null };

/** Numbers of entries. */
export interface EntryRange {
  readonly above: bigint;
  readonly upTo: bigint;
}

/** Tables audit_entries and audit_seals, as a chain. */
@Injectable()
export class AuditChainRepository {
  /** Until the transaction ends. @returns false while another process seals */
  async tryLock(tx: Tx): Promise<boolean> {
    const row = await sqlOne<{ taken: boolean }>(tx, `SELECT pg_try_advisory_xact_lock(${SEALING_LOCK}) AS taken`);
    return row?.taken === true;
  }

  head(tx: Tx): Promise<(ChainLink & { sealedAt: Date }) | undefined> {
    return sqlOne(tx, `SELECT position, hash, sealed_at AS "sealedAt" FROM audit_seals ORDER BY position DESC LIMIT 1`);
  }

  /**
   * An entry below which nothing can still come to light: it was sealed before `before`, when every transaction that had
   * drawn a smaller number and is not over yet would have been running for longer than any may.
   */
  async floor(tx: Tx, before: Date): Promise<bigint> {
    const row = await sqlOne<{ id: bigint }>(
      tx,
      `SELECT entry_id AS id FROM audit_seals WHERE sealed_at < $1 ORDER BY sealed_at DESC, position DESC LIMIT 1`,
      [before],
    );
    return row?.id ?? 0n;
  }

  /** Entries that have no place in the chain yet and can be seen by now, in the order of their numbers. */
  unsealed(tx: Tx, { above, upTo }: EntryRange, limit: number): Promise<ChainedEntry[]> {
    return sql(tx, `SELECT ${ENTRY} ${UNSEALED} AND e.id <= $2 ORDER BY e.id LIMIT $3`, [above, upTo, limit]);
  }

  /** The largest number that can be seen; 0 in an empty trail. */
  async newestEntry(tx: Tx): Promise<bigint> {
    const row = await sqlOne<{ id: bigint }>(tx, 'SELECT id FROM audit_entries ORDER BY id DESC LIMIT 1');
    return row?.id ?? 0n;
  }

  async unsealedCount(tx: Tx, above: bigint): Promise<bigint> {
    const row = await sqlOne<{ count: bigint }>(tx, `SELECT count(*) AS count ${UNSEALED}`, [above]);
    return row?.count ?? 0n;
  }

  async append(tx: Tx, links: readonly (ChainLink & { entryId: bigint })[], sealedAt: string): Promise<void> {
    await execute(
      tx,
      `INSERT INTO audit_seals (position, entry_id, hash, sealed_at)
       SELECT position, entry_id, hash, $4::timestamptz
       FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS link(position, entry_id, hash)`,
      [
        links.map(({ position }) => position),
        links.map(({ entryId }) => entryId),
        links.map(({ hash }) => hash),
        sealedAt,
      ],
    );
  }

  /** The chain as it stands after `after`, in order, each place with its entry. */
  async segment(tx: Tx, after: bigint, limit: number): Promise<SealedEntry[]> {
    const rows = await sql<Row>(
      tx,
      `SELECT ${ENTRY}, s.position, s.entry_id AS "entryId", s.hash, ${UTC('s.sealed_at')} AS "sealedAt"
       FROM audit_seals s LEFT JOIN audit_entries e ON e.id = s.entry_id
       WHERE s.position > $1 ORDER BY s.position LIMIT $2`,
      [after, limit],
    );
    return rows.map(sealedEntry);
  }
}

/** The floor stands on both sides, so that neither table is read from its beginning. */
const UNSEALED = `FROM audit_entries e
  WHERE e.id > $1 AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id AND s.entry_id > $1)`;

function sealedEntry({ position, entryId, hash, sealedAt, ...entry }: Row): SealedEntry {
  return { position, entryId, hash, sealedAt, entry: entry.id === null ? null : (entry as ChainedEntry) };
}
