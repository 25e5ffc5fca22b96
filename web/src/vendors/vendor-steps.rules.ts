import type { VendorStep } from '../api/vendors';
import type { VendorState } from '../api/types';

/** What may be done with a record in each state; the server decides again (vendor.rules.ts). */
export const VENDOR_STEPS: Record<VendorState, readonly VendorStep[]> = {
  draft: ['submit'],
  submitted: ['approve', 'return', 'reject'],
  returned: ['submit'],
  approved: ['suspend', 'cease'],
  suspended: ['approve', 'cease'],
  rejected: [],
  ceased: [],
};

/** Steps that somebody has to give a reason for. */
export const NEEDS_REASON: ReadonlySet<VendorStep> = new Set<VendorStep>(['return', 'reject', 'suspend', 'cease']);
