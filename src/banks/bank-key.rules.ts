import { mayMove, type Transitions } from '../kernel/transitions';

export type BankKeyState = 'active' | 'suspended' | 'retired';

/** Suspending is for a suspicion, retiring for ever: a retired key never signs again. */
export const BANK_KEY_NEXT: Transitions<BankKeyState> = {
  active: ['suspended', 'retired'],
  suspended: ['active', 'retired'],
  retired: [],
};

/** Two, so that a bank can change keys without a gap (bank-contract §3). A suspended key may come back: it counts. */
export const MAX_LIVE_KEYS = 2;

export function mayMoveKey(from: BankKeyState, to: BankKeyState): boolean {
  return mayMove(BANK_KEY_NEXT, from, to);
}
