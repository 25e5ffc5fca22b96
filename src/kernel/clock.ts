import { type BusinessDay, dayOfInstant } from './business-day';

/** Where the time comes from. Nothing else calls `new Date()` or `Date.now()` for a business decision. */
export abstract class Clock {
  /** The present UTC instant. */
  abstract now(): Date;

  /** The present Vietnamese day. */
  today(): BusinessDay {
    return dayOfInstant(this.now());
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until told otherwise, for tests and for replaying a past. */
export class ManualClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date): void {
    this.instant = new Date(instant);
  }

  advanceMs(ms: number): void {
    this.instant = new Date(this.instant.getTime() + ms);
  }
}
