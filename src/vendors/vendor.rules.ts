import { mayMove, type Transitions } from '../kernel/transitions';

export const VENDOR_STATES = ['draft', 'submitted', 'approved', 'returned', 'rejected', 'suspended', 'ceased'] as const;
export type VendorState = (typeof VENDOR_STATES)[number];

/** product.md §2: what a vendor's record may become. */
export const VENDOR_NEXT: Transitions<VendorState> = {
  draft: ['submitted'],
  submitted: ['approved', 'returned', 'rejected'],
  returned: ['submitted'],
  approved: ['suspended', 'ceased'],
  suspended: ['approved', 'ceased'],
  rejected: [],
  ceased: [],
};

export interface VendorStep {
  readonly from: VendorState;
  readonly to: VendorState;
  /** Who acts. */
  readonly actorId: string;
  /** Who submitted the record last. */
  readonly submittedBy: string | null;
}

/** Why a step is not allowed; null when it is. Whoever submits may neither approve nor reject. */
export function vendorStepFault({
  from,
  to,
  actorId,
  submittedBy,
}: VendorStep): 'vendor_cannot_move' | 'same_person' | null {
  if (!mayMove(VENDOR_NEXT, from, to)) return 'vendor_cannot_move';
  const isDecision = from === 'submitted' && to !== 'returned';
  return isDecision && actorId === submittedBy ? 'same_person' : null;
}
