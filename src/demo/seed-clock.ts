import { type BusinessDay, startOfDay } from '../kernel/business-day';
import { Clock } from '../kernel/clock';

/** A clock that lives through the demo's past day by day, and then shows the real time. */
export class SeedClock extends Clock {
  private behindMs = 0;

  now(): Date {
    return new Date(Date.now() - this.behindMs);
  }

  /** From now on it is `hour` o'clock in Vietnam on `day`; time goes on from there. */
  goTo(day: BusinessDay, hour: number): void {
    this.behindMs = Date.now() - (startOfDay(day).getTime() + hour * 3_600_000);
  }

  goLive(): void {
    this.behindMs = 0;
  }
}
