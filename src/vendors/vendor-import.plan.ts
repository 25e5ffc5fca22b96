import type { BusinessDay } from '../kernel/business-day';
import { Confidential } from '../kernel/confidential';
import { groupBy } from '../kernel/group-by';
import { foldText } from '../kernel/text';
import type { StallRecord } from '../markets/stall.types';
import { stallNumberKey } from '../markets/stall-number.rules';
import { sortedIssues, verdictOf } from '../platform/lists/import-report';
import { accountKind, holderMark } from './account.rules';
import { type PaidInto, redirectedAccount, type WantedAssignment } from './account-changes/account-change.rules';
import type { LeaseRecord, NewLease } from './leases.repository';
import type { AccountRecord, AssignmentRecord, NewAccount, NewAssignment } from './payout-accounts.repository';
import { issueAt } from './vendor-cell.rules';
import type { JudgedVendorRow, VendorColumn, VendorIssue, VendorIssueCode, VendorRowValues } from './vendor-list.types';
import type { NewVendor, VendorRecord } from './vendors.repository';

/** The register as the import found it, under the market's lock. */
export interface RegisterSnapshot {
  readonly stalls: readonly StallRecord[];
  /** Vendors with an ID of the list, and all of the market. */
  readonly vendors: readonly VendorRecord[];
  readonly leases: readonly LeaseRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly accounts: readonly AccountRecord[];
}

export interface PlannedStall {
  readonly id: string;
  readonly number: string;
  readonly zone: string | null;
  readonly tradeLine: string | null;
  readonly areaM2: string | null;
  readonly openedOn: BusinessDay;
}

export interface PlannedRow {
  readonly row: number;
  readonly issues: readonly VendorIssue[];
  /** The row brings something that the register does not have. */
  readonly isNew: boolean;
}

/** What is to be written, and what is to be said about each row. */
export interface ImportPlan {
  readonly rows: PlannedRow[];
  readonly stalls: PlannedStall[];
  readonly vendors: NewVendor[];
  /** Vendors of the register of whom the list knows more. */
  readonly completedVendors: VendorRecord[];
  readonly leases: NewLease[];
  /** Leases whose first day the register did not know. */
  readonly learnedDays: { readonly id: string; readonly fromDay: BusinessDay }[];
  readonly accounts: NewAccount[];
  readonly assignments: NewAssignment[];
  /** Assignments that follow a lease whose first day was learned. */
  readonly movedAssignments: { readonly id: string; readonly fromDay: BusinessDay }[];
}

/**
 * Compares a judged list with the register. Rows with errors bring nothing; what the register has stays as it is and a
 * difference is shown; what it lacks is added. The same list again therefore plans nothing.
 */
export function planVendorImport(
  rows: readonly JudgedVendorRow[],
  register: RegisterSnapshot,
  context: { today: BusinessDay; newId: () => string },
): ImportPlan {
  const planner = new Planner(register, context);
  for (const row of rows) planner.add(row);
  return planner.plan;
}

type Vendor = NewVendor | VendorRecord;

class Planner {
  readonly plan: ImportPlan = {
    ...{ rows: [], stalls: [], vendors: [], completedVendors: [], leases: [], learnedDays: [] },
    ...{ accounts: [], assignments: [], movedAssignments: [] },
  };
  private readonly stalls: Map<string, StallRecord>;
  private readonly byPersonalId = new Map<string, Vendor>();
  private readonly vendors: Map<string, VendorRecord>;
  private readonly leases: Map<string, LeaseRecord[]>;
  private readonly assignments: Map<string, AssignmentRecord[]>;
  private readonly accountIds: Map<string, string>;
  private readonly paidInto: { byStall: Map<string, PaidInto[]>; byVendor: Map<string, PaidInto[]> };
  private issues: VendorIssue[] = [];
  private isNew = false;

  constructor(
    register: RegisterSnapshot,
    private readonly context: { today: BusinessDay; newId: () => string },
  ) {
    this.stalls = new Map(register.stalls.map((stall) => [stallNumberKey(stall.number), stall]));
    this.vendors = new Map(register.vendors.map((vendor) => [vendor.id, vendor]));
    this.leases = groupBy(register.leases, (lease) => lease.stallId);
    this.assignments = groupBy(register.assignments, (assignment) => assignment.stallId);
    this.accountIds = new Map(register.accounts.map((account) => [accountKey(account.vendorId, account), account.id]));
    const periods = untilClosed(register);
    this.paidInto = {
      byStall: groupBy(periods, ({ stallId }) => stallId),
      byVendor: groupBy(periods, ({ vendorId }) => vendorId),
    };
    for (const vendor of register.vendors) this.knowById(vendor);
  }

  private knowById(vendor: Vendor): void {
    if (vendor.personalId) this.byPersonalId.set(vendor.personalId.reveal(), vendor);
  }

  add(row: JudgedVendorRow): void {
    this.issues = [...row.issues];
    this.isNew = false;
    if (verdictOf(row.issues) !== 'error') this.register(row);
    const isRegistered = verdictOf(this.issues) !== 'error';
    this.plan.rows.push({ row: row.row, issues: sortedIssues(this.issues), isNew: this.isNew && isRegistered });
  }

  private register(row: JudgedVendorRow): void {
    const { values } = row;
    const stall = this.stalls.get(stallNumberKey(values.stallNo ?? ''));
    const conflict = this.conflict(row, stall);
    if (conflict) {
      this.issues.push(conflict);
      return;
    }
    const vendor = this.vendorOf(row, stall);
    const stallId = stall ? this.compareStall(row, stall) : this.newStall(values);
    const lease = this.leaseOf(row, stallId, vendor.id);
    if (values.bin !== null && values.account !== null) this.payInto(row, stallId, vendor, lease);
  }

  /** Why the register does not let the row in. */
  private conflict(row: JudgedVendorRow, stall: StallRecord | undefined): VendorIssue | null {
    const issue = (code: VendorIssueCode, column: VendorColumn): VendorIssue => issueAt(code, row.address(column));
    const { id, name, leaseFrom } = row.values;
    const known = id === null ? undefined : this.byPersonalId.get(id);
    if (known?.state === 'ceased' || known?.state === 'rejected') return issue('vendor_not_active', 'id');
    if (known && foldText(known.fullName) !== foldText(name ?? '')) return issue('id_known_by_other_name', 'id');
    if (!stall) return null;
    if (stall.state === 'closed') return issue('stall_closed', 'stallNo');
    const current = this.currentLease(stall.id);
    if (current) return this.isHeldBy(row, current) ? null : issue('stall_occupied', 'stallNo');
    const from = leaseFrom ?? this.context.today;
    const overlaps = (this.leases.get(stall.id) ?? []).some((lease) => lease.toDay === null || lease.toDay >= from);
    return overlaps ? issue('lease_overlap', 'leaseFrom') : null;
  }

  private isHeldBy({ values }: JudgedVendorRow, lease: LeaseRecord): boolean {
    const holder = this.vendors.get(lease.vendorId);
    if (!holder) return false;
    if (holder.personalId !== null && values.id !== null) return holder.personalId.reveal() === values.id;
    const otherId = values.id !== null && this.byPersonalId.has(values.id);
    return !otherId && foldText(holder.fullName) === foldText(values.name ?? '');
  }

  private vendorOf(row: JudgedVendorRow, stall: StallRecord | undefined): Vendor {
    const { values } = row;
    const byId = values.id === null ? undefined : this.byPersonalId.get(values.id);
    const current = stall && this.currentLease(stall.id);
    const holder = current && this.vendors.get(current.vendorId);
    const known = byId ?? holder;
    if (!known) return this.newVendor(values);
    if (isRegistered(known)) this.completeVendor(row, known);
    else this.fillIn(known, values);
    return known;
  }

  private newVendor(values: VendorRowValues): NewVendor {
    const vendor: NewVendor = {
      id: this.context.newId(),
      kind: values.household === null ? 'individual' : 'household_business',
      fullName: values.name ?? '',
      personalId: Confidential.orNull('personal_id', values.id),
      taxCode: Confidential.orNull('tax_code', values.taxCode),
      householdName: values.household,
      phone: Confidential.orNull('phone', values.phone),
      address: null,
      // The board's list is what the department approved; single registrations go through two people.
      state: 'approved',
    };
    this.plan.vendors.push(vendor);
    this.knowById(vendor);
    this.isNew = true;
    return vendor;
  }

  /** A person's second row may say what the first one left out. */
  private fillIn(planned: NewVendor, { taxCode, household, phone }: VendorRowValues): void {
    Object.assign(planned, {
      taxCode: planned.taxCode ?? Confidential.orNull('tax_code', taxCode),
      householdName: planned.householdName ?? household,
      phone: planned.phone ?? Confidential.orNull('phone', phone),
    });
  }

  /** Fills what the register does not know of a vendor; what differs is shown. */
  private completeVendor(row: JudgedVendorRow, known: VendorRecord): void {
    const { id, taxCode, household, phone, name } = row.values;
    if (name !== known.fullName) this.say('name_spelling_differs', row, 'name');
    const personalId = this.learned(row, 'id', known.personalId, Confidential.orNull('personal_id', id));
    const ofTax = this.learned(row, 'taxCode', known.taxCode, Confidential.orNull('tax_code', taxCode));
    const householdName = this.learned(row, 'household', known.householdName, household);
    const ofPhone = this.learned(row, 'phone', known.phone, Confidential.orNull('phone', phone));
    const facts = { personalId, taxCode: ofTax, householdName, phone: ofPhone };
    const learned = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
    if (Object.keys(learned).length === 0) return;
    const completed: VendorRecord = { ...known, ...learned };
    this.plan.completedVendors.push(completed);
    this.vendors.set(known.id, completed);
    this.knowById(completed);
    this.isNew = true;
  }

  /** What the list says, if the register does not know it yet; a difference is shown. */
  private learned<Fact extends string | Confidential>(
    row: JudgedVendorRow,
    column: VendorColumn,
    known: Fact | null,
    listed: Fact | null,
  ): Fact | null {
    if (known === null) return listed;
    if (listed !== null && clearText(known) !== clearText(listed)) this.say('differs_from_register', row, column);
    return null;
  }

  private newStall(values: VendorRowValues): string {
    const { leaseFrom } = values;
    const { today } = this.context;
    const stall: PlannedStall = {
      id: this.context.newId(),
      number: values.stallNo ?? '',
      zone: values.zone,
      tradeLine: values.tradeLine,
      areaM2: values.areaM2,
      // Sales of past days belong to a stall that was there.
      openedOn: leaseFrom !== null && leaseFrom < today ? leaseFrom : today,
    };
    this.plan.stalls.push(stall);
    this.isNew = true;
    return stall.id;
  }

  private compareStall(row: JudgedVendorRow, stall: StallRecord): string {
    const { tradeLine, areaM2 } = row.values;
    if (tradeLine !== null && stall.tradeLine !== tradeLine) this.say('differs_from_register', row, 'tradeLine');
    if (areaM2 !== null && Number(stall.areaM2) !== roundedArea(areaM2))
      this.say('differs_from_register', row, 'areaM2');
    return stall.id;
  }

  /** The lease under which the vendor holds the stall: there already, learned more about, or new. */
  private leaseOf(row: JudgedVendorRow, stallId: string, vendorId: string): { fromDay: BusinessDay } {
    const { leaseFrom, note } = row.values;
    const current = this.currentLease(stallId);
    if (!current) {
      const fromDay = leaseFrom ?? this.context.today;
      const lease = { id: this.context.newId(), stallId, vendorId, fromDay, toDay: null, note };
      this.plan.leases.push({ ...lease, fromDayKnown: leaseFrom !== null });
      this.isNew = true;
      return lease;
    }
    if (leaseFrom === null || leaseFrom === current.fromDay) return current;
    const isOnlyOne = this.leases.get(stallId)?.length === 1;
    if (current.fromDayKnown || !isOnlyOne || leaseFrom > this.context.today) {
      this.say('differs_from_register', row, 'leaseFrom');
      return current;
    }
    this.learnFirstDay(current, leaseFrom);
    return { fromDay: leaseFrom };
  }

  private learnFirstDay(lease: LeaseRecord, fromDay: BusinessDay): void {
    this.plan.learnedDays.push({ id: lease.id, fromDay });
    const followers = (this.assignments.get(lease.stallId) ?? []).filter((row) => row.fromDay === lease.fromDay);
    this.plan.movedAssignments.push(...followers.map(({ id }) => ({ id, fromDay })));
    this.isNew = true;
  }

  private payInto(row: JudgedVendorRow, stallId: string, vendor: Vendor, lease: { fromDay: BusinessDay }): void {
    const { bin, account, holder } = row.values;
    if (bin === null || account === null) return;
    const wanted = { bankBin: bin, accountNumber: Confidential.of('account', account) };
    const assignments = this.assignments.get(stallId) ?? [];
    const current = assignments.find((assignment) => isCurrent(assignment, this.context.today));
    if (current) {
      const isSame = current.bankBin === bin && current.accountNumber.equals(wanted.accountNumber);
      if (!isSame) this.say('account_differs_from_register', row, 'account');
      return;
    }
    const ends = assignments.flatMap((assignment) => assignment.toDay ?? []);
    const fromDay = ends.some((day) => day >= lease.fromDay) ? this.context.today : lease.fromDay;
    const accountId = this.accountIds.get(accountKey(vendor.id, wanted)) ?? this.newAccount(vendor, wanted, holder);
    if (this.redirects({ stallId, vendorId: vendor.id, accountId, fromDay })) {
      this.say('account_change_takes_two', row, 'account');
      return;
    }
    this.plan.assignments.push({ id: this.context.newId(), stallId, accountId, fromDay, toDay: null });
    this.isNew = true;
  }

  /** Any account but the first of a stall is a change, which a list cannot make: a second person decides. */
  private redirects(wanted: WantedAssignment): boolean {
    const ofStall = this.paidInto.byStall.get(wanted.stallId) ?? [];
    const ofVendor = this.paidInto.byVendor.get(wanted.vendorId) ?? [];
    return redirectedAccount(wanted, [...ofStall, ...ofVendor]) !== null;
  }

  private newAccount(vendor: Vendor, { bankBin, accountNumber }: BankAccount, holderName: string | null): string {
    const id = this.context.newId();
    const mark = holderMark({ holderName, vendorName: vendor.fullName, householdName: vendor.householdName });
    const attention = mark ? [mark] : [];
    this.plan.accounts.push({
      ...{ id, vendorId: vendor.id, bankBin, accountNumber, holderName, attention },
      kind: accountKind(bankBin),
      scheme: 'VIETQR_TRANSFER',
    });
    this.accountIds.set(accountKey(vendor.id, { bankBin, accountNumber }), id);
    this.isNew = true;
    return id;
  }

  private currentLease(stallId: string): LeaseRecord | undefined {
    return this.leases.get(stallId)?.find((lease) => isCurrent(lease, this.context.today));
  }

  private say(code: VendorIssueCode, row: JudgedVendorRow, column: VendorColumn): void {
    const isSaid = this.issues.some((issue) => issue.code === code && issue.cell === row.address(column));
    if (!isSaid) this.issues.push(issueAt(code, row.address(column)));
  }
}

function isRegistered(vendor: Vendor): vendor is VendorRecord {
  return 'version' in vendor;
}

/** Runs today or begins later: what a new period would have to make room for. */
function isCurrent(period: { toDay: BusinessDay | null }, today: BusinessDay): boolean {
  return period.toDay === null || period.toDay >= today;
}

interface BankAccount {
  readonly bankBin: string;
  readonly accountNumber: Confidential;
}

function accountKey(vendorId: string, account: BankAccount): string {
  return `${vendorId} ${account.bankBin} ${account.accountNumber.reveal()}`;
}

function clearText(fact: string | Confidential): string {
  return typeof fact === 'string' ? fact : fact.reveal();
}

/** As the table keeps it: two decimals. */
function roundedArea(area: string): number {
  return Number(Number(area).toFixed(2));
}

/** With a closed stall ends what it paid into. */
function untilClosed({ assignments, stalls }: RegisterSnapshot): PaidInto[] {
  const closedOn = new Map(stalls.map((stall) => [stall.id, stall.closedOn]));
  return assignments.map((assignment) => {
    const closed = closedOn.get(assignment.stallId) ?? null;
    const endsEarlier = closed !== null && (assignment.toDay === null || closed < assignment.toDay);
    return { ...assignment, toDay: endsEarlier ? closed : assignment.toDay };
  });
}
