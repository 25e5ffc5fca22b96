import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../kernel/permissions';
import type { AreaScope } from '../kernel/scope';
import { execute, sql, sqlOne, type Tx } from '../platform/db/database';

/** `requested`: a second person has not approved the role yet; nobody signs in with it. */
export type StaffState = 'requested' | 'invited' | 'active' | 'disabled';

export interface Staff {
  readonly id: string;
  readonly email: string;
  readonly fullName: string;
  readonly role: StaffRole;
  /** Where the role holds; the system's own province when it was granted for no other. */
  readonly area: AreaScope;
  readonly state: StaffState;
}

export interface StaffWithPassword extends Staff {
  readonly passwordHash: string | null;
}

/** Columns of {@link Staff} from `staff s`. */
export const STAFF_COLUMNS = `s.id, s.email, s.full_name AS "fullName", s.role, s.state,
  jsonb_build_object('kind', s.area_kind, 'codes', CASE WHEN s.area_kind = 'province' AND s.area_codes = '{}'
    THEN coalesce((SELECT jsonb_build_array(value ->> 'code') FROM settings WHERE key = 'province'), '[]')
    ELSE to_jsonb(s.area_codes) END) AS area`;

/** Tables staff, staff_links and staff_addresses. */
@Injectable()
export class StaffRepository {
  async findByEmail(tx: Tx, email: string): Promise<StaffWithPassword | undefined> {
    const columns = `${STAFF_COLUMNS}, s.password_hash AS "passwordHash"`;
    return sqlOne<StaffWithPassword>(tx, `SELECT ${columns} FROM staff s WHERE s.email = $1`, [email]);
  }

  /** A person who may sign in. */
  async findActive(tx: Tx, id: string): Promise<StaffWithPassword | undefined> {
    const columns = `${STAFF_COLUMNS}, s.password_hash AS "passwordHash"`;
    return sqlOne<StaffWithPassword>(tx, `SELECT ${columns} FROM staff s WHERE s.id = $1 AND s.state = 'active'`, [id]);
  }

  /** Creates the account unless the email has one. @returns false when it has */
  async insert(tx: Tx, staff: Omit<Staff, 'state'>, now: Date): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO staff (id, email, full_name, role, area_kind, area_codes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT staff_email DO NOTHING`,
      [staff.id, staff.email, staff.fullName, staff.role, staff.area.kind, staff.area.codes, now],
    );
    return inserted === 1;
  }

  async insertLink(
    tx: Tx,
    link: { tokenHash: Buffer; staffId: string; purpose: 'activate' | 'reset'; expiresAt: Date },
  ): Promise<void> {
    await execute(tx, `INSERT INTO staff_links (token_hash, staff_id, purpose, expires_at) VALUES ($1, $2, $3, $4)`, [
      link.tokenHash,
      link.staffId,
      link.purpose,
      link.expiresAt,
    ]);
  }

  /** The person whose link this is, while it is good. */
  async findByLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<Staff | undefined> {
    return sqlOne<Staff>(
      tx,
      `SELECT ${STAFF_COLUMNS} FROM staff_links l JOIN staff s ON s.id = l.staff_id
       WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND s.state IN ('invited', 'active')`,
      [tokenHash, now],
    );
  }

  /** @returns false when somebody else has just used it */
  async useLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> {
    const used = await execute(
      tx,
      `UPDATE staff_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2`,
      [tokenHash, now],
    );
    return used === 1;
  }

  /** A new link, or a used one, ends every other link of the person. */
  async endLinks(tx: Tx, staffId: string, now: Date): Promise<void> {
    await execute(tx, `UPDATE staff_links SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL`, [staffId, now]);
  }

  async setPassword(tx: Tx, staffId: string, passwordHash: string): Promise<void> {
    await execute(
      tx,
      `UPDATE staff SET password_hash = $2, state = 'active' WHERE id = $1 AND state IN ('invited', 'active')`,
      [staffId, passwordHash],
    );
  }

  /** Everybody who administers and may sign in; locked in one order, so that two cannot each be "the other one". */
  async activeAdministrators(tx: Tx, lock: 'FOR UPDATE' | '' = ''): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      tx,
      `SELECT id FROM staff WHERE role = 'system_admin' AND state = 'active' ORDER BY id ${lock}`,
    );
    return rows.map(({ id }) => id);
  }

  /** At every sign-in: from where, and when. */
  async rememberAddress(tx: Tx, staffId: string, address: string, now: Date): Promise<void> {
    await execute(tx, `UPDATE staff SET last_signed_in_at = $2 WHERE id = $1`, [staffId, now]);
    await execute(
      tx,
      `INSERT INTO staff_addresses (staff_id, address, signed_in_at) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT staff_addresses_pk DO UPDATE SET signed_in_at = excluded.signed_in_at`,
      [staffId, address, now],
    );
  }

  /** Whether the person signed in from there since `since`. */
  async knowsAddress(tx: Tx, email: string, address: string, since: Date): Promise<boolean> {
    const row = await sqlOne<{ known: boolean }>(
      tx,
      `SELECT EXISTS (SELECT FROM staff_addresses a JOIN staff s ON s.id = a.staff_id
                      WHERE s.email = $1 AND a.address = $2 AND a.signed_in_at > $3) AS known`,
      [email, address, since],
    );
    return row?.known === true;
  }

  /** @returns how many went */
  async purge(tx: Tx, linksBefore: Date, addressesBefore: Date): Promise<number> {
    const links = await execute(tx, `DELETE FROM staff_links WHERE expires_at < $1`, [linksBefore]);
    return links + (await execute(tx, `DELETE FROM staff_addresses WHERE signed_in_at < $1`, [addressesBefore]));
  }

  /** The province this system serves; null until the register has been set up. */
  async province(tx: Tx): Promise<{ code: string; name: string } | null> {
    const row = await sqlOne<{ code: string | null; name: string | null }>(
      tx,
      `SELECT value ->> 'code' AS code, value ->> 'name' AS name FROM settings WHERE key = 'province'`,
    );
    return row?.code && row.name ? { code: row.code, name: row.name } : null;
  }
}
