import { Injectable } from '@nestjs/common';
import type { BusinessDay } from '../../kernel/business-day';
import type { Tx } from '../../platform/db/database';

/** A stall comes to pay into another account. */
export interface AccountChanged {
  readonly stallId: string;
  readonly stallCode: string;
  readonly marketId: string;
  readonly fromDay: BusinessDay;
}

/** Does SQL only; what it throws undoes the change. */
export type AccountChangeListener = (tx: Tx, change: AccountChanged) => Promise<void>;

/** Whoever must act in the transaction of an account change: higher modules add themselves in a constructor. */
@Injectable()
export class AccountChangeListeners {
  private readonly listeners: AccountChangeListener[] = [];

  add(listener: AccountChangeListener): void {
    this.listeners.push(listener);
  }

  async tell(tx: Tx, change: AccountChanged): Promise<void> {
    for (const listener of this.listeners) await listener(tx, change);
  }
}
