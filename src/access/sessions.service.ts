import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, execute, sql, sqlOne, type Tx } from '../platform/db/database';
import { SignInRequired } from './access.errors';
import { type Staff, STAFF_COLUMNS } from './staff.repository';

/** robustness §4. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** A session's last use is written at most this often, so that reading costs no write. */
const TOUCH_MS = 60_000;

/** 256 bits, base64url. */
const ID_BYTES = 32;
const ID_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** From where and with what a person signs in; shown to them later in the list of their sessions. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
  /** The id in the cookie that came along, if any: it ends, whoever planted it. */
  readonly formerSessionId: string | null;
}

/**
 * What a person has proven of themselves. A passkey asks for finger, face or PIN and counts as two factors; a code from
 * an app or from paper is the second one.
 */
export type Proof =
  | 'password'
  | 'one_time_link'
  | 'identity_service'
  /** The identity service said that it asked for a second factor, in words that the operator believes. */
  | 'identity_service_mfa'
  | 'totp'
  | 'recovery_code'
  | 'passkey';

export interface Session {
  /** Names the session in lists; the id in the cookie is another secret. */
  readonly handle: string;
  readonly staff: Staff;
  readonly csrfToken: string;
  readonly proofs: readonly Proof[];
  /** When the person last proved to be themselves: at sign-in or in between. */
  readonly provenAt: Date;
  /** Whether the person has enrolled a second factor by now. */
  readonly hasSecondFactor: boolean;
}

/** A session just opened; the id is known here and in the browser only. */
export interface OpenedSession extends Session {
  readonly sessionId: string;
}

interface SessionRow extends Staff {
  handle: string;
  csrfToken: string;
  proofs: Proof[];
  provenAt: Date;
  hasSecondFactor: boolean;
  lastSeenAt: Date;
}

/** A session in its person's own list. */
export interface ListedSession {
  readonly handle: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string;
  readonly userAgent: string;
}

const HAS_SECOND_FACTOR = `(EXISTS (SELECT FROM staff_totp t WHERE t.staff_id = s.id AND t.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT FROM staff_passkeys p WHERE p.staff_id = s.id))`;

/** Sessions live in PostgreSQL and nowhere else: ending one ends it at once, everywhere. Only hashes of ids are kept. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Always a new id (no fixation); the former session of this browser ends. */
  async open(tx: Tx, staff: Staff, client: Client, proofs: readonly Proof[]): Promise<OpenedSession> {
    if (client.formerSessionId) await this.close(tx, client.formerSessionId);
    const [sessionId, csrfToken] = [this.ids.secret(ID_BYTES), this.ids.secret(ID_BYTES)];
    const [handle, now] = [this.ids.uuid(), this.clock.now()];
    const row = await sqlOne<{ hasSecondFactor: boolean }>(
      tx,
      `INSERT INTO sessions AS e
         (id_hash, staff_id, created_at, last_seen_at, expires_at, csrf_token, user_agent, address, handle, proofs, proven_at)
       SELECT $1, s.id, $3, $3, $4, $5, $6, $7, $8, $9, $3 FROM staff s WHERE s.id = $2
       RETURNING (SELECT ${HAS_SECOND_FACTOR} FROM staff s WHERE s.id = e.staff_id) AS "hasSecondFactor"`,
      [
        hashOf(sessionId),
        staff.id,
        now,
        new Date(now.getTime() + ABSOLUTE_MS),
        csrfToken,
        client.userAgent.slice(0, 300),
        client.address,
        handle,
        proofs,
      ],
    );
    const hasSecondFactor = row?.hasSecondFactor === true;
    return { sessionId, handle, staff, csrfToken, proofs, provenAt: now, hasSecondFactor };
  }

  /** @throws SignInRequired unless the session lives and its person may sign in */
  async resume(sessionId: string | null): Promise<Session> {
    if (!sessionId || !ID_SHAPE.test(sessionId)) throw new SignInRequired();
    const idHash = hashOf(sessionId);
    const now = this.clock.now();
    const row = await this.database.read((tx) => this.find(tx, idHash, now));
    if (!row) throw new SignInRequired();
    const { handle, csrfToken, proofs, provenAt, hasSecondFactor, lastSeenAt, ...staff } = row;
    if (now.getTime() - lastSeenAt.getTime() >= TOUCH_MS) await this.touch(idHash, now);
    return { handle, staff, csrfToken, proofs, provenAt, hasSecondFactor };
  }

  /**
   * The person has proven to be themselves once more: a new id and token for the same session, which ends when it would
   * have ended.
   * @param provenAt the last proof that counts for dangerous operations; default now
   * @throws SignInRequired when it has ended meanwhile
   */
  async renew(
    tx: Tx,
    session: Session,
    proofs: readonly Proof[],
    provenAt: Date = this.clock.now(),
  ): Promise<OpenedSession> {
    const [sessionId, csrfToken] = [this.ids.secret(ID_BYTES), this.ids.secret(ID_BYTES)];
    const [now, all] = [this.clock.now(), [...new Set([...session.proofs, ...proofs])]];
    const renewed = await execute(
      tx,
      `UPDATE sessions SET id_hash = $2, csrf_token = $3, proofs = $4, proven_at = $5, last_seen_at = $7
       WHERE handle = $1 AND csrf_token = $6`,
      [session.handle, hashOf(sessionId), csrfToken, all, provenAt, session.csrfToken, now],
    );
    if (renewed !== 1) throw new SignInRequired();
    return { ...session, sessionId, csrfToken, proofs: all, provenAt };
  }

  async close(tx: Tx, sessionId: string): Promise<void> {
    await execute(tx, `DELETE FROM sessions WHERE id_hash = $1`, [hashOf(sessionId)]);
  }

  /** Those of a person that live, the last used first. */
  async listOf(tx: Tx, staffId: string): Promise<ListedSession[]> {
    const now = this.clock.now();
    return sql<ListedSession>(
      tx,
      `SELECT handle, created_at AS "createdAt", last_seen_at AS "lastSeenAt", address, user_agent AS "userAgent"
       FROM sessions WHERE staff_id = $1 AND expires_at > $2 AND last_seen_at > $3
       ORDER BY last_seen_at DESC, handle`,
      [staffId, now, idleSince(now)],
    );
  }

  /** @returns false when the person has no such session */
  async closeOneOf(tx: Tx, staffId: string, handle: string): Promise<boolean> {
    return (await execute(tx, `DELETE FROM sessions WHERE staff_id = $1 AND handle = $2`, [staffId, handle])) === 1;
  }

  /** After a change of password, and when a person may no longer sign in: also sign-ins that are half done. */
  async closeAllOf(tx: Tx, staffId: string): Promise<void> {
    await execute(tx, `DELETE FROM pending_sign_ins WHERE staff_id = $1`, [staffId]);
    await execute(tx, `DELETE FROM sessions WHERE staff_id = $1`, [staffId]);
  }

  /** All but this one. @returns how many ended */
  async closeOthersOf(tx: Tx, { staff, handle }: Session): Promise<number> {
    await execute(tx, `DELETE FROM pending_sign_ins WHERE staff_id = $1`, [staff.id]);
    return execute(tx, `DELETE FROM sessions WHERE staff_id = $1 AND handle <> $2`, [staff.id, handle]);
  }

  /** Removes what has ended by itself. @returns how many */
  purge(): Promise<number> {
    const now = this.clock.now();
    return this.database.write((tx) =>
      execute(tx, `DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2`, [now, idleSince(now)]),
    );
  }

  private find(tx: Tx, idHash: Buffer, now: Date): Promise<SessionRow | undefined> {
    return sqlOne<SessionRow>(
      tx,
      `SELECT ${STAFF_COLUMNS},
              e.handle, e.csrf_token AS "csrfToken", e.proofs, e.proven_at AS "provenAt",
              e.last_seen_at AS "lastSeenAt", ${HAS_SECOND_FACTOR} AS "hasSecondFactor"
       FROM sessions e JOIN staff s ON s.id = e.staff_id
       WHERE e.id_hash = $1 AND e.expires_at > $2 AND e.last_seen_at > $3 AND s.state = 'active'`,
      [idHash, now, idleSince(now)],
    );
  }

  private async touch(idHash: Buffer, now: Date): Promise<void> {
    await this.database.write((tx) =>
      execute(tx, `UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1 AND last_seen_at < $2`, [idHash, now]),
    );
  }
}

/** In constant time. */
export function isTokenOf(session: Session, token: unknown): boolean {
  if (typeof token !== 'string') return false;
  return timingSafeEqual(hashOf(token), hashOf(session.csrfToken));
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE_MS);
}
