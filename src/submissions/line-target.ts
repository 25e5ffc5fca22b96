import { Injectable } from '@nestjs/common';
import { Confidential } from '../kernel/confidential';
import { placeIn, SEALED } from '../platform/secrets/sealed-columns';
import { SealedFields } from '../platform/secrets/sealed-fields';
import { AttributionRepository } from './attribution.repository';
import { TARGET_KINDS } from './attribution.rules';
import type { SubmissionLine } from './submission.types';

/** COPY's spelling of a line that stands at its place: what it named is not kept. */
export const NO_TARGET = '\\N\t\\N\t\\N\t\\N';

/** What a line in suspense named, as the table holds it. */
export interface StoredTarget {
  readonly submissionNo: bigint;
  readonly line: number;
  readonly targetKind: number | null;
  /** The code, or the mask of the account; the account itself where an older version wrote it. */
  readonly target: string | null;
  readonly targetSealed: Buffer | null;
}

/**
 * What lines in suspense name. Codes stand as they are; an account is kept as its mask, as the blind index that finds
 * its stall later, and sealed for the bank that reported it.
 */
@Injectable()
export class LineTargets {
  constructor(
    private readonly fields: SealedFields,
    private readonly attribution: AttributionRepository,
  ) {}

  /** The columns target_kind, target, target_index and target_sealed as COPY text. Codes need no escaping. */
  copyText(submissionNo: bigint, { line, stallCode, account, marketCode }: SubmissionLine): string {
    if (stallCode !== null) return `${TARGET_KINDS.stallCode}\t${stallCode}\t\\N\t\\N`;
    if (account === null) return `${TARGET_KINDS.marketCode}\t${marketCode}\t\\N\t\\N`;
    const { masked, index, sealed } = this.seal(submissionNo, line, account);
    return `${TARGET_KINDS.account}\t${masked}\t${bytea(index)}\t${bytea(sealed)}`;
  }

  /** An account as the columns target, target_index (in hexadecimal) and target_sealed hold it. */
  seal(submissionNo: bigint, line: number, account: string): { masked: string; index: string; sealed: Buffer } {
    const confidential = Confidential.of('account', account);
    return {
      masked: confidential.masked,
      index: this.attribution.indexOf(account),
      sealed: this.fields.seal(SEALED.lineAccount, rowOf(submissionNo, line), confidential),
    };
  }

  /** What staff may see, and what the bank that reported the line may. */
  open({ submissionNo, line, targetKind, target, targetSealed }: StoredTarget): ShownTarget {
    if (target === null || targetKind !== TARGET_KINDS.account) return { masked: target, clear: target };
    const account = targetSealed
      ? this.fields.open(SEALED.lineAccount, rowOf(submissionNo, line), targetSealed)
      : Confidential.of('account', target);
    return { masked: account.masked, clear: account.reveal() };
  }
}

export interface ShownTarget {
  readonly masked: string | null;
  readonly clear: string | null;
}

function rowOf(submissionNo: bigint, line: number): string {
  return placeIn(SEALED.lineAccount, submissionNo.toString(), String(line)).row;
}

/** `\x…`, its backslash escaped for COPY. */
function bytea(bytes: Buffer | string): string {
  return `\\\\x${typeof bytes === 'string' ? bytes : bytes.toString('hex')}`;
}
