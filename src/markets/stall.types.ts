import type { BusinessDay } from '../kernel/business-day';
import type { StallCode } from '../kernel/stall-code';
import type { StallState } from './stall.schema';

/** A stall as stored. */
export interface StallRecord {
  readonly id: string;
  readonly marketId: string;
  readonly marketCode: string;
  readonly zoneId: string | null;
  readonly code: StallCode;
  readonly number: string;
  readonly tradeLine: string | null;
  readonly mcc: string | null;
  /** Decimal text, m². */
  readonly areaM2: string | null;
  readonly fixed: boolean;
  readonly soundbox: boolean;
  readonly state: StallState;
  readonly openedOn: BusinessDay;
  readonly closedOn: BusinessDay | null;
  readonly version: number;
}

export type NewStall = Omit<StallRecord, 'marketId' | 'marketCode' | 'version' | 'closedOn'>;
export type StallFacts = Omit<StallRecord, 'id' | 'marketId' | 'marketCode' | 'code' | 'version' | 'openedOn'>;
