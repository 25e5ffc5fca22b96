import { Injectable } from '@nestjs/common';
import { execute, sqlOne, type Tx } from '../platform/db/database';

/** A key as one caller chose it. */
export interface IdempotencyKey {
  /** `bank:<BIN>`: keys of different callers never meet. */
  readonly caller: string;
  readonly key: string;
}

/** An answer as it left us, to be sent again byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  /** Lower-case names; only what belongs to the answer itself, such as `content-type` and `location`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface FirstAnswer {
  readonly requestHash: Buffer;
  readonly answer: StoredAnswer;
}

interface DoneRow {
  state: 'in_progress' | 'done';
  request_hash: Buffer | null;
  response_status: number | null;
  response_headers: Record<string, string> | null;
  response_body: Buffer | null;
}

/** Table idempotency_records. */
@Injectable()
export class IdempotencyRepository {
  /** Takes the key when it is free or its holder has died. @returns whether it is ours now */
  async reserve(tx: Tx, { caller, key }: IdempotencyKey, owner: string, now: Date, until: Date): Promise<boolean> {
    const touched = await execute(
      tx,
      `INSERT INTO idempotency_records AS held (caller, key, state, locked_until, owner, created_at)
       VALUES ($1, $2, 'in_progress', $5, $3, $4)
       ON CONFLICT (caller, key) DO UPDATE SET owner = $3, locked_until = $5
         WHERE held.state = 'in_progress' AND held.locked_until <= $4`,
      [caller, key, owner, now, until],
    );
    return touched === 1;
  }

  /** The first answer; null while it is being made. */
  async firstAnswer(tx: Tx, { caller, key }: IdempotencyKey): Promise<FirstAnswer | null> {
    const row = await sqlOne<DoneRow>(
      tx,
      `SELECT state, request_hash, response_status, response_headers, response_body
       FROM idempotency_records WHERE caller = $1 AND key = $2`,
      [caller, key],
    );
    if (row?.state !== 'done' || !row.request_hash) return null;
    const { response_status: status, response_headers: headers, response_body: body } = row;
    const answer = { status: status ?? 200, headers: headers ?? {}, body: body ?? Buffer.alloc(0) };
    return { requestHash: row.request_hash, answer };
  }

  /** @returns false when the reservation is no longer ours */
  async renew(tx: Tx, { caller, key }: IdempotencyKey, owner: string, until: Date): Promise<boolean> {
    const touched = await execute(
      tx,
      `UPDATE idempotency_records SET locked_until = $4
       WHERE caller = $1 AND key = $2 AND owner = $3 AND state = 'in_progress'`,
      [caller, key, owner, until],
    );
    return touched === 1;
  }

  /** @returns false when the reservation is no longer ours */
  async complete(tx: Tx, { caller, key }: IdempotencyKey, owner: string, first: FirstAnswer): Promise<boolean> {
    const { status, headers, body } = first.answer;
    const touched = await execute(
      tx,
      `UPDATE idempotency_records
       SET state = 'done', request_hash = $4, response_status = $5, response_headers = $6::jsonb, response_body = $7
       WHERE caller = $1 AND key = $2 AND owner = $3 AND state = 'in_progress'`,
      [caller, key, owner, first.requestHash, status, JSON.stringify(headers), body],
    );
    return touched === 1;
  }

  async release(tx: Tx, { caller, key }: IdempotencyKey, owner: string): Promise<void> {
    await execute(
      tx,
      `DELETE FROM idempotency_records WHERE caller = $1 AND key = $2 AND owner = $3 AND state = 'in_progress'`,
      [caller, key, owner],
    );
  }

  /** @returns how many went, at most 5 000 */
  async purge(tx: Tx, createdBefore: Date): Promise<number> {
    return execute(
      tx,
      `DELETE FROM idempotency_records WHERE (caller, key) IN
         (SELECT caller, key FROM idempotency_records WHERE created_at < $1 LIMIT 5000)`,
      [createdBefore],
    );
  }
}
