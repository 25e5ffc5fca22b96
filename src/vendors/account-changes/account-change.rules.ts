import type { BusinessDay } from '../../kernel/business-day';

/** A period in which a stall paid into an account; ended at the latest with its stall. */
export interface PaidInto {
  readonly stallId: string;
  readonly vendorId: string;
  readonly accountId: string;
  readonly fromDay: BusinessDay;
  /** Last day, included; null while it runs. */
  readonly toDay: BusinessDay | null;
}

export type WantedAssignment = Omit<PaidInto, 'toDay'>;

/**
 * The account whose takings an assignment would redirect; null where it is a first one, which one person may record.
 *
 * A stall has a first account once: later leases, other vendors and gaps change nothing about that. Nor does moving on:
 * who gives up one stall and takes another in the same market brings the account along, or changes it.
 * @param history of the stall, and of the vendor in the stall's market
 */
export function redirectedAccount(wanted: WantedAssignment, history: readonly PaidInto[]): string | null {
  const newestFirst = [...history].sort((a, b) => (a.fromDay < b.fromDay ? 1 : -1));
  const formerOfStall = newestFirst.find(({ stallId }) => stallId === wanted.stallId);
  if (formerOfStall) return other(formerOfStall, wanted);
  const ofVendor = newestFirst.filter(({ vendorId }) => vendorId === wanted.vendorId);
  const isInUse = ofVendor.some((period) => period.accountId === wanted.accountId && !hasEnded(period, wanted.fromDay));
  if (isInUse) return null;
  const left = ofVendor.find((period) => hasEnded(period, wanted.fromDay));
  return left ? other(left, wanted) : null;
}

function other(former: PaidInto, wanted: WantedAssignment): string | null {
  return former.accountId === wanted.accountId ? null : former.accountId;
}

function hasEnded({ toDay }: PaidInto, day: BusinessDay): boolean {
  return toDay !== null && toDay < day;
}
