import { Injectable } from '@nestjs/common';
import { placeIn, SEALED } from '../platform/secrets/sealed-columns';
import { Sealing } from '../platform/secrets/sealing';
import { maskedValue } from './problem-value.rules';

/** What was wrong with a submission, as the table holds it. */
export interface StoredValue {
  readonly ordinal: number;
  readonly field: string | null;
  /** Masked; in clear where an older version wrote it. */
  readonly value: string | null;
  readonly valueSealed: Buffer | null;
}

/** Wrong values: masked for everybody, sealed for the bank that sent them (bank-contract §4 lists them). */
@Injectable()
export class ProblemValues {
  constructor(private readonly sealing: Sealing) {}

  seal(submissionId: string, ordinal: number, value: string | null): Buffer | null {
    return value === null ? null : this.sealing.seal(Buffer.from(value), placeOf(submissionId, ordinal));
  }

  /** As it was sent. */
  open(submissionId: string, { ordinal, value, valueSealed }: StoredValue): string | null {
    if (valueSealed === null) return value;
    return this.sealing.open(valueSealed, placeOf(submissionId, ordinal)).toString();
  }

  masked({ field, value, valueSealed }: StoredValue): string | null {
    return value === null || valueSealed !== null ? value : maskedValue(field, value);
  }
}

function placeOf(submissionId: string, ordinal: number) {
  return placeIn(SEALED.problemValue, submissionId, String(ordinal));
}
