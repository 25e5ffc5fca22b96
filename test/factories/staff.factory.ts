import { hash } from '@node-rs/argon2';
import { v7 } from 'uuid';
import type { StaffState } from '../../src/access/staff.repository';
import type { StaffRole } from '../../src/kernel/permissions';
import type { AreaScope } from '../../src/kernel/scope';
import type { Tx } from '../../src/platform/db/database';
import { confidential } from './confidential-values';
import { insertRow, nextNumber, RECORDED_AT } from './insert';

/** What every staff member of the factory signs in with. */
export const TEST_PASSWORD = 'bảy con mèo ngủ trưa';

export interface SavedStaff {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

export interface StaffOverrides {
  readonly email?: string;
  readonly fullName?: string;
  readonly role?: StaffRole;
  readonly area?: AreaScope;
  readonly state?: StaffState;
  readonly password?: string;
}

/** An active officer of the factories' province unless told. */
export async function saveStaff(tx: Tx, overrides: StaffOverrides = {}): Promise<SavedStaff> {
  const id = v7();
  const email = overrides.email ?? `can.bo.${nextNumber()}@example.vn`;
  const password = confidential('password', overrides.password ?? TEST_PASSWORD);
  const area = overrides.area ?? { kind: 'province', codes: ['92'] };
  await insertRow(tx, 'staff', {
    id,
    email,
    full_name: overrides.fullName ?? 'Nguyễn Thị Lan',
    role: overrides.role ?? 'department_officer',
    area_kind: area.kind,
    area_codes: area.codes,
    password_hash: await hash(password.normalize('NFC'), { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
    state: overrides.state ?? 'active',
    created_at: RECORDED_AT,
  });
  return { id, email, password };
}
