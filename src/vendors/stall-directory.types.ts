import type { StallCode } from '../kernel/stall-code';

/** A stall with whoever holds it and the account it pays into, on one day: what a payment code is made from. */
export interface OccupiedStall {
  readonly stallId: string;
  readonly stallCode: StallCode;
  readonly number: string;
  readonly zoneName: string | null;
  readonly tradeLine: string | null;
  readonly mcc: string | null;
  readonly marketId: string;
  readonly marketCode: string;
  readonly marketName: string;
  readonly provinceCode: string;
  readonly provinceName: string | null;
  readonly communeName: string | null;
  readonly vendorId: string;
  readonly vendorName: string;
  readonly householdName: string | null;
  readonly vendorState: string;
  readonly account: PayoutTarget | null;
}

/** The clear account: payment codes carry it, nothing else may. */
export interface PayoutTarget {
  readonly id: string;
  readonly bankBin: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly holderName: string | null;
  readonly scheme: 'VIETQR_TRANSFER' | 'VIETQR_PAY';
  readonly verified: boolean;
}

/** A stall as attribution sees it on one business date. */
export interface AttributionStall {
  readonly code: StallCode;
  /** Short keys inside the ledger. */
  readonly stallNo: number;
  readonly marketNo: number;
  /** Open and occupied on the business date. */
  readonly isOpen: boolean;
  /** Whoever held it on that date agrees, today, to stall-level figures (Decree 117/2018). */
  readonly hasConsent: boolean;
}

/** An account into which a stall paid on the business date. */
export interface AttributionAccount {
  /** Letter case counts. */
  readonly account: string;
  readonly stallNo: number;
}

export interface AttributionMarket {
  readonly code: string;
  readonly marketNo: number;
}
