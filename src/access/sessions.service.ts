import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, execute, sqlOne, type Tx } from '../platform/db/database';
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

export interface Session {
  readonly staff: Staff;
  readonly csrfToken: string;
}

/** A session just opened; the id is known here and in the browser only. */
export interface OpenedSession extends Session {
  readonly sessionId: string;
}

interface SessionRow extends Staff {
  csrfToken: string;
  lastSeenAt: Date;
}

/** Sessions live in PostgreSQL and nowhere else: ending one ends it at once, everywhere. Only hashes of ids are kept. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Always a new id (no fixation); the former session of this browser ends. */
  async open(tx: Tx, staff: Staff, client: Client): Promise<OpenedSession> {
    if (client.formerSessionId) await this.close(tx, client.formerSessionId);
    const [sessionId, csrfToken] = [this.ids.secret(ID_BYTES), this.ids.secret(ID_BYTES)];
    const now = this.clock.now();
    await execute(
      tx,
      `INSERT INTO sessions (id_hash, staff_id, created_at, last_seen_at, expires_at, csrf_token, user_agent, address)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7)`,
      [
        hashOf(sessionId),
        staff.id,
        now,
        new Date(now.getTime() + ABSOLUTE_MS),
        csrfToken,
        client.userAgent.slice(0, 300),
        client.address,
      ],
    );
    return { sessionId, staff, csrfToken };
  }

  /** @throws SignInRequired unless the session lives and its person may sign in */
  async resume(sessionId: string | null): Promise<Session> {
    if (!sessionId || !ID_SHAPE.test(sessionId)) throw new SignInRequired();
    const idHash = hashOf(sessionId);
    const now = this.clock.now();
    const row = await this.database.read((tx) => this.find(tx, idHash, now));
    if (!row) throw new SignInRequired();
    const { csrfToken, lastSeenAt, ...staff } = row;
    if (now.getTime() - lastSeenAt.getTime() >= TOUCH_MS) await this.touch(idHash, now);
    return { staff, csrfToken };
  }

  async close(tx: Tx, sessionId: string): Promise<void> {
    await execute(tx, `DELETE FROM sessions WHERE id_hash = $1`, [hashOf(sessionId)]);
  }

  /** After a change of password, and when a person may no longer sign in. */
  async closeAllOf(tx: Tx, staffId: string): Promise<void> {
    await execute(tx, `DELETE FROM sessions WHERE staff_id = $1`, [staffId]);
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
              e.csrf_token AS "csrfToken", e.last_seen_at AS "lastSeenAt"
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
