import { mayMove, type Transitions } from '../kernel/transitions';

/** `to_collect`: granted, and without material until whoever asked for it has it made and sees it, once. */
export const BANK_KEY_STATES = ['to_collect', 'active', 'suspended', 'retired'] as const;
export type BankKeyState = (typeof BANK_KEY_STATES)[number];

/** `live` counts; what is signed with a `test` key is kept under the bank's test institution. */
export const BANK_ENVIRONMENTS = ['live', 'test'] as const;
export type BankEnvironment = (typeof BANK_ENVIRONMENTS)[number];

/** Suspending is for a suspicion, retiring for ever: a retired key never signs again. */
export const BANK_KEY_NEXT: Transitions<BankKeyState> = {
  to_collect: ['retired'],
  active: ['suspended', 'retired'],
  suspended: ['active', 'retired'],
  retired: [],
};

/**
 * Two of each environment, so that a bank can change keys without a gap (bank-contract §3). A suspended key may come
 * back and a granted one may be collected: they count.
 */
export const MAX_LIVE_KEYS = 2;

/** How long a granted key waits for whoever asked for it. */
export const COLLECT_MS = 72 * 3_600_000;

/** Use is noted at most this often: a bank that posts a thousand files a minute writes its key's row once. */
export const NOTE_USE_EVERY_MS = 60_000;

export function mayMoveKey(from: BankKeyState, to: BankKeyState): boolean {
  return mayMove(BANK_KEY_NEXT, from, to);
}
