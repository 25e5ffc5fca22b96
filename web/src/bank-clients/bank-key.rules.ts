import type { BankKey, BankKeyState, KeyStep } from '../api/bank-clients';

/** Two of each environment, as the server has it. */
export const MAX_LIVE_KEYS = 2;

/** What may be done to a key in each state. */
export const KEY_STEPS: Readonly<Record<BankKeyState, readonly KeyStep[]>> = {
  to_collect: ['retire'],
  active: ['suspend', 'retire'],
  suspended: ['resume', 'retire'],
  retired: [],
};

/** Whether a key stands in the way of a new one. */
export function takesPlace({ state, collectUntil }: Pick<BankKey, 'state' | 'collectUntil'>, now: Date): boolean {
  if (state === 'to_collect') return collectUntil !== null && now < new Date(collectUntil);
  return state !== 'retired';
}
