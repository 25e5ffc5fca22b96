import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../../kernel/permissions';
import type { AreaScope } from '../../kernel/scope';
import { searchWords } from '../../kernel/text';
import { Conditions } from '../../platform/db/conditions';
import { execute, sql, sqlOne, type Tx } from '../../platform/db/database';
import { type Staff, STAFF_COLUMNS } from '../staff.repository';
import type { PeopleQuery } from './people.schema';

export interface PersonRecord extends Staff {
  readonly version: number;
  readonly lastSignedInAt: Date | null;
  readonly createdAt: Date;
  readonly disabledReason: string | null;
}

/** What else is known of one person. */
export interface PersonTraces {
  readonly sessions: number;
  readonly hasSecondFactor: boolean;
  readonly hasIdentity: boolean;
}

type Filter = Pick<PeopleQuery, 'q' | 'role' | 'state'>;

const RECORD = `${STAFF_COLUMNS}, s.version, s.last_signed_in_at AS "lastSignedInAt", s.created_at AS "createdAt",
  s.disabled_reason AS "disabledReason"`;
/** People of other provinces do not exist. */
const IN_REACH = 'staff_in_reach(s.area_kind, s.area_codes)';

/** Table staff, as those see it who look after people. */
@Injectable()
export class PeopleRepository {
  /** In Vietnamese order of name; one row more than `limit`. */
  list(
    tx: Tx,
    filter: Filter,
    page: { readonly after: string[] | null; readonly limit: number },
  ): Promise<PersonRecord[]> {
    const where = conditions(filter);
    if (page.after) {
      const [name, id] = page.after.map((part) => where.bind(part));
      where.also(`(s.full_name COLLATE "vi-x-icu", s.id) > (${name} COLLATE "vi-x-icu", ${id}::uuid)`);
    }
    const limit = where.bind(page.limit + 1);
    return sql<PersonRecord>(
      tx,
      `SELECT ${RECORD} FROM staff s ${where.text} ORDER BY s.full_name COLLATE "vi-x-icu", s.id LIMIT ${limit}`,
      where.params,
    );
  }

  async count(tx: Tx, filter: Filter): Promise<number> {
    const where = conditions(filter);
    const row = await sqlOne<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM staff s ${where.text}`,
      where.params,
    );
    return row?.count ?? 0;
  }

  find(tx: Tx, id: string): Promise<PersonRecord | undefined> {
    return sqlOne<PersonRecord>(tx, `SELECT ${RECORD} FROM staff s WHERE s.id = $1 AND ${IN_REACH}`, [id]);
  }

  findLocked(tx: Tx, id: string): Promise<PersonRecord | undefined> {
    return sqlOne<PersonRecord>(tx, `SELECT ${RECORD} FROM staff s WHERE s.id = $1 AND ${IN_REACH} FOR UPDATE OF s`, [
      id,
    ]);
  }

  findLockedByEmail(tx: Tx, email: string): Promise<PersonRecord | undefined> {
    return sqlOne<PersonRecord>(
      tx,
      `SELECT ${RECORD} FROM staff s WHERE s.email = $1 AND ${IN_REACH} FOR UPDATE OF s`,
      [email],
    );
  }

  /** An account that waits for its role to be approved. @returns false when the email has one */
  async insertRequested(tx: Tx, person: Omit<Staff, 'state'>, now: Date): Promise<boolean> {
    const inserted = await execute(
      tx,
      `INSERT INTO staff (id, email, full_name, role, area_kind, area_codes, state, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'requested', $7) ON CONFLICT ON CONSTRAINT staff_email DO NOTHING`,
      [person.id, person.email, person.fullName, person.role, person.area.kind, person.area.codes, now],
    );
    return inserted === 1;
  }

  /** What a request not yet approved would make of the account. */
  async reword(tx: Tx, person: Omit<Staff, 'state' | 'email'>): Promise<void> {
    await execute(
      tx,
      `UPDATE staff SET full_name = $2, role = $3, area_kind = $4, area_codes = $5, version = version + 1
       WHERE id = $1 AND state = 'requested'`,
      [person.id, person.fullName, person.role, person.area.kind, person.area.codes],
    );
  }

  /** The approved role; somebody who waited for it may now choose a password. */
  async grant(tx: Tx, id: string, role: StaffRole, area: AreaScope): Promise<void> {
    await execute(
      tx,
      `UPDATE staff SET role = $2, area_kind = $3, area_codes = $4, version = version + 1,
         state = CASE state WHEN 'requested' THEN 'invited' ELSE state END WHERE id = $1`,
      [id, role, area.kind, area.codes],
    );
  }

  /** @returns false when somebody was faster */
  async rename(tx: Tx, id: string, version: number, fullName: string): Promise<boolean> {
    const changed = await execute(
      tx,
      `UPDATE staff SET full_name = $3, version = version + 1 WHERE id = $1 AND version = $2`,
      [id, version, fullName],
    );
    return changed === 1;
  }

  async disable(tx: Tx, id: string, reason: string): Promise<void> {
    await execute(
      tx,
      `UPDATE staff SET state = 'disabled', disabled_reason = $2, version = version + 1 WHERE id = $1`,
      [id, reason],
    );
  }

  /** Whoever never signed in needs a link again. */
  async enable(tx: Tx, id: string): Promise<void> {
    await execute(
      tx,
      `UPDATE staff s SET disabled_reason = NULL, version = version + 1, state = CASE
         WHEN password_hash IS NOT NULL OR EXISTS (SELECT FROM staff_identities i WHERE i.staff_id = s.id)
         THEN 'active' ELSE 'invited' END
       WHERE id = $1 AND state = 'disabled'`,
      [id],
    );
  }

  async traces(tx: Tx, id: string, now: Date, idleSince: Date): Promise<PersonTraces> {
    const row = await sqlOne<PersonTraces>(
      tx,
      `SELECT (SELECT count(*)::int FROM sessions WHERE staff_id = $1 AND expires_at > $2 AND last_seen_at > $3) AS sessions,
         EXISTS (SELECT FROM staff_totp WHERE staff_id = $1 AND confirmed_at IS NOT NULL)
           OR EXISTS (SELECT FROM staff_passkeys WHERE staff_id = $1) AS "hasSecondFactor",
         EXISTS (SELECT FROM staff_identities WHERE staff_id = $1) AS "hasIdentity"`,
      [id, now, idleSince],
    );
    return row ?? { sessions: 0, hasSecondFactor: false, hasIdentity: false };
  }
}

function conditions({ q, role, state }: Filter): Conditions {
  return new Conditions()
    .also(IN_REACH)
    .add(role, (value) => `s.role = ${value}`)
    .add(state, (value) => `s.state = ${value}`)
    .contains('s.search_text', searchWords(q ?? ''));
}
