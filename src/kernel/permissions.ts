import type { AreaKind } from './scope';

/**
 * What a person may be allowed to do. Every operation for staff names exactly one; the guard asks {@link mayDo} before
 * the handler runs.
 */
export const PERMISSIONS = [
  /** One's own session, password and devices. */
  'self',
  /** Banks, communes: what forms offer. */
  'reference.read',
  'market.read',
  'market.write',
  'stall.read',
  'stall.write',
  'vendor.read',
  'vendor.write',
  'vendor.approve',
  'vendor.import',
  'lease.write',
  'account.write',
  'account.verify',
  /** Ask that a stall pay into another account; another person decides. */
  'account.assign',
  'consent.record',
  'personal_data.reveal',
  'data_request.read',
  'data_request.write',
  'code.read',
  'code.issue',
  /** Retire and issue again. */
  'code.reissue',
  'card.print',
  'launch.read',
  'launch.move',
  'submission.read',
  'totals.read',
  /** Make the figures of a month final. */
  'period.close',
  /** See what waits for a second person. */
  'approval.read',
  /** Be that second person. */
  'approval.decide',
  'people.read',
  'people.manage',
  'bank_client.read',
  'bank_client.manage',
  'audit.read',
  'retention.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

interface RoleRule {
  /** The kinds of areas this role can be bound to. */
  readonly areas: readonly AreaKind[];
  readonly may: readonly Permission[];
}

const EVERYBODY = ['self', 'reference.read', 'market.read'] as const satisfies Permission[];
const READS_REGISTER = ['stall.read', 'vendor.read', 'code.read', 'launch.read'] as const satisfies Permission[];

/**
 * The one table of who may do what (product.md §1). A vendor and a bank are no roles: they come by link and by key,
 * through operations of their own.
 */
export const ROLES = {
  /** People, keys and the trail; neither personal data nor money. */
  system_admin: {
    areas: ['province'],
    may: [
      ...EVERYBODY,
      'approval.read',
      'approval.decide',
      'people.read',
      'people.manage',
      'bank_client.read',
      'bank_client.manage',
      'audit.read',
      'retention.manage',
    ],
  },
  department_officer: {
    areas: ['province'],
    may: [
      ...EVERYBODY,
      ...READS_REGISTER,
      'market.write',
      'stall.write',
      'vendor.write',
      'vendor.approve',
      'vendor.import',
      'lease.write',
      'account.write',
      'account.verify',
      'account.assign',
      'consent.record',
      'personal_data.reveal',
      'data_request.read',
      'data_request.write',
      'code.issue',
      'code.reissue',
      'card.print',
      'launch.move',
      'submission.read',
      'totals.read',
      'approval.read',
      'approval.decide',
    ],
  },
  department_leader: {
    areas: ['province'],
    may: [
      ...EVERYBODY,
      ...READS_REGISTER,
      'vendor.approve',
      'launch.move',
      'data_request.read',
      'submission.read',
      'totals.read',
      'period.close',
      'approval.read',
      'approval.decide',
      'people.read',
      'bank_client.read',
      'audit.read',
    ],
  },
  commune_officer: {
    areas: ['communes'],
    may: [...EVERYBODY, ...READS_REGISTER, 'vendor.approve', 'totals.read'],
  },
  market_board: {
    areas: ['markets'],
    may: [
      ...EVERYBODY,
      ...READS_REGISTER,
      'stall.write',
      'vendor.write',
      'vendor.import',
      'lease.write',
      'account.write',
      'account.assign',
      'consent.record',
      'card.print',
      'totals.read',
    ],
  },
  community_team: {
    areas: ['communes', 'markets'],
    may: [...EVERYBODY, ...READS_REGISTER, 'vendor.write', 'lease.write', 'account.write', 'consent.record'],
  },
  /** Sees everything, changes nothing, and no personal data in clear. */
  auditor: {
    areas: ['province'],
    may: [
      ...EVERYBODY,
      ...READS_REGISTER,
      'data_request.read',
      'submission.read',
      'totals.read',
      'approval.read',
      'people.read',
      'bank_client.read',
      'audit.read',
    ],
  },
} as const satisfies Readonly<Record<string, RoleRule>>;

export type StaffRole = keyof typeof ROLES;
export const STAFF_ROLES = Object.keys(ROLES) as [StaffRole, ...StaffRole[]];

export function mayDo(role: StaffRole, permission: Permission): boolean {
  const { may }: RoleRule = ROLES[role];
  return may.includes(permission);
}

/** What a role may do, for the console, which shows nobody a button that would be refused. */
export function permissionsOf(role: StaffRole): readonly Permission[] {
  return ROLES[role].may;
}

export function areaFits(role: StaffRole, kind: AreaKind): boolean {
  const { areas }: RoleRule = ROLES[role];
  return areas.includes(kind);
}

/** Administrators, approvers, and whoever takes personal data out: robustness §4 wants a second factor of them. */
const FOR_TWO_FACTORS: readonly Permission[] = [
  'approval.decide',
  'people.manage',
  'bank_client.manage',
  'personal_data.reveal',
  'data_request.write',
  'retention.manage',
];

/** Whether a password alone is too little for what this role may do. */
export function needsSecondFactor(role: StaffRole): boolean {
  return FOR_TWO_FACTORS.some((permission) => mayDo(role, permission));
}
