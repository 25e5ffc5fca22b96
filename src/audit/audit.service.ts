import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { execute, type Tx } from '../platform/db/database';
import { currentActor } from '../platform/actor';
import { withoutIdentifiers } from '../platform/log/error-facts';

/** One thing that happened. */
export interface AuditEvent {
  /** What happened, stable and snake_case: `market_created`, `sign_in_failed`, `bank_key_created`. */
  readonly action: string;
  /** The kind of record it happened to: `market`, `stall`, `staff`, `bank_key` … */
  readonly subjectType: string;
  /** Its business code or id. */
  readonly subjectId: string;
  /** The fields that changed, as they were; personal data masked by the caller, secrets never. */
  readonly before?: object;
  /** The same fields as they are now, on the same terms. */
  readonly after?: object;
  /** Why, in the actor's own words, where the action asks for a reason; identifiers in it are masked here. */
  readonly reason?: string;
}

/** The append-only trail. The table refuses UPDATE, DELETE and TRUNCATE by trigger. */
@Injectable()
export class AuditService {
  constructor(private readonly clock: Clock) {}

  /** Writes the entry into the transaction of the change, so that neither can exist without the other. */
  async record(tx: Tx, event: AuditEvent): Promise<void> {
    const actor = currentActor();
    await execute(
      tx,
      `INSERT INTO audit_entries
         (at, actor_kind, actor_id, action, subject_type, subject_id, before, after, reason, trace_id, address)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11)`,
      [
        this.clock.now(),
        actor.kind,
        actor.id,
        event.action,
        event.subjectType,
        event.subjectId,
        jsonText(event.before),
        jsonText(event.after),
        // Typed by people, read by auditors, and never erased: no place for an ID or a phone.
        event.reason === undefined ? null : withoutIdentifiers(event.reason),
        actor.traceId ?? null,
        actor.address ?? null,
      ],
    );
  }
}

/** Amounts are bigint, which JSON does not know: they stand as digit strings, as everywhere on the wire. */
function jsonText(value: object | undefined): string | null {
  if (value === undefined) return null;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
