/** What a body must bring at least, in bytes a second. */
export const MIN_BYTES_PER_SECOND = 1_024;

/** What is seen of a body from time to time. */
export interface BodyLook {
  /** Bytes that came over the connection so far. */
  readonly received: number;
  /** Whether our own reader has fallen behind: then the client is kept from sending, and is not to blame. */
  readonly isBackedUp: boolean;
}

/** Judges one body, look by look: slow is who brings too little while we wait. */
export class BodyPace {
  private former: BodyLook;
  private readonly least: number;

  constructor(first: BodyLook, secondsBetweenLooks: number) {
    this.former = first;
    this.least = MIN_BYTES_PER_SECOND * secondsBetweenLooks;
  }

  isTooSlow(look: BodyLook): boolean {
    const { received, isBackedUp } = this.former;
    this.former = look;
    if (isBackedUp || look.isBackedUp) return false;
    return look.received - received < this.least;
  }
}
