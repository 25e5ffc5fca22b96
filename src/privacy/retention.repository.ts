import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../kernel/business-day';
import { execute, sqlOne, type Tx } from '../platform/db/database';
import type { RetentionRule } from './retention.rules';

/** One rule as SQL: which rows are due on a cut-off `$1` (an instant), and what is done to at most `$2` of them at `$3`. */
interface RuleSql {
  readonly due: string;
  readonly purge: readonly string[];
}

interface PurgeSpan {
  readonly before: Date;
  readonly limit: number;
  readonly now: Date;
}

const DRAFTS = `FROM vendors v WHERE v.state = 'draft' AND v.updated_at < $1
  AND NOT EXISTS (SELECT FROM leases l WHERE l.vendor_id = v.id)
  AND NOT EXISTS (SELECT FROM payout_accounts a WHERE a.vendor_id = v.id)
  AND NOT EXISTS (SELECT FROM consents c WHERE c.vendor_id = v.id)
  AND NOT EXISTS (SELECT FROM data_requests r WHERE r.vendor_id = v.id)`;
const CEASED = `FROM vendors v WHERE v.state IN ('ceased', 'rejected') AND v.updated_at < $1 AND v.purged_at IS NULL
  AND NOT EXISTS (SELECT FROM leases l WHERE l.vendor_id = v.id AND coalesce(l.to_day, 'infinity') >= $1::date)
  AND NOT EXISTS (SELECT FROM data_requests r WHERE r.vendor_id = v.id AND r.state = 'open')`;
const REQUESTS = `FROM data_requests r WHERE r.state <> 'open' AND r.answered_on < $1::date`;
const BODIES = `FROM submissions s WHERE s.received_at < $1
  AND EXISTS (SELECT FROM submission_body_chunks c WHERE c.submission_id = s.id)`;

/**
 * A ceased vendor keeps the chain (leases, codes, decisions), which names the person no more. Submissions keep their
 * row, digest and figures; only the bytes go.
 */
const RULES: Readonly<Record<RetentionRule, RuleSql>> = {
  vendor_drafts: {
    due: DRAFTS,
    purge: [`DELETE FROM vendors WHERE id IN (SELECT v.id ${DRAFTS} ORDER BY v.id LIMIT $2)`],
  },
  ceased_vendors: {
    due: CEASED,
    purge: [
      `UPDATE payout_accounts SET holder_name = NULL WHERE vendor_id IN (SELECT v.id ${CEASED} ORDER BY v.id LIMIT $2)`,
      `UPDATE vendors SET full_name = '(đã xoá)', search_text = '', household_name = NULL, address = NULL,
         state_reason = NULL, personal_id_sealed = NULL, personal_id_index = NULL, phone_sealed = NULL,
         phone_index = NULL, tax_code_sealed = NULL, purged_at = $3, version = version + 1
       WHERE id IN (SELECT v.id ${CEASED} ORDER BY v.id LIMIT $2)`,
    ],
  },
  data_requests: {
    due: REQUESTS,
    purge: [`DELETE FROM data_requests WHERE id IN (SELECT r.id ${REQUESTS} ORDER BY r.id LIMIT $2)`],
  },
  submission_bodies: {
    due: BODIES,
    purge: [`DELETE FROM submission_body_chunks WHERE submission_id IN (SELECT s.id ${BODIES} ORDER BY s.id LIMIT $2)`],
  },
};

/** What retention finds and removes, over the tables it names; bound to the caller's scope like everything else. */
@Injectable()
export class RetentionRepository {
  async due(tx: Tx, rule: RetentionRule, before: Date): Promise<number> {
    const row = await sqlOne<{ count: number }>(tx, `SELECT count(*)::int AS count ${RULES[rule].due}`, [before]);
    return row?.count ?? 0;
  }

  /** Removes at most `limit`, oldest ids first. */
  async purge(tx: Tx, rule: RetentionRule, { before, limit, now }: PurgeSpan): Promise<void> {
    for (const statement of RULES[rule].purge) {
      await execute(tx, statement, statement.includes('$3') ? [before, limit, now] : [before, limit]);
    }
  }

  /** Days by rule, as far as somebody has set them. */
  async settings(tx: Tx): Promise<Readonly<Partial<Record<RetentionRule, number>>>> {
    const row = await sqlOne<{ value: Partial<Record<RetentionRule, number>> }>(
      tx,
      `SELECT value FROM settings WHERE key = 'retention'`,
    );
    return row?.value ?? {};
  }

  async set(tx: Tx, rule: RetentionRule, days: number): Promise<void> {
    await execute(
      tx,
      `INSERT INTO settings (key, value) VALUES ('retention', jsonb_build_object($1::text, $2::int))
       ON CONFLICT (key) DO UPDATE SET value = settings.value || excluded.value`,
      [rule, days],
    );
  }

  async record(
    tx: Tx,
    purge: { id: string; rule: RetentionRule; olderThan: BusinessDay; purged: number; by: string; at: Date },
  ): Promise<void> {
    await execute(
      tx,
      `INSERT INTO purges (id, rule, older_than, purged, purged_by, purged_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [purge.id, purge.rule, purge.olderThan, purge.purged, purge.by, purge.at],
    );
  }
}
