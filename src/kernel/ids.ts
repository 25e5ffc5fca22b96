import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { type StallCode, STALL_CODE_CAPACITY, stallCodeFromNumber } from './stall-code';

/** Where identifiers come from: made in the application, so that SQL stays within PostgreSQL 15. */
export abstract class Ids {
  /** A UUIDv7: unique, and sorted by the time of its making. */
  abstract uuid(): string;

  /** The smallest UUIDv7 of an instant: everything made earlier sorts before it. */
  uuidAt(instant: Date): string {
    return v7({ msecs: instant.getTime(), random: new Uint8Array(16), seq: 0 });
  }

  /** A stall code drawn at random, so that a code tells nothing about its neighbours. */
  abstract stallCode(): StallCode;

  /** `bytes` of randomness as base64url, for one-time links and session ids. */
  abstract secret(bytes: number): string;
}

export class RandomIds extends Ids {
  uuid(): string {
    return v7();
  }

  stallCode(): StallCode {
    const number = randomBytes(8).readBigUInt64BE() % STALL_CODE_CAPACITY;
    return stallCodeFromNumber(number);
  }

  secret(bytes: number): string {
    return randomBytes(bytes).toString('base64url');
  }
}
