import type { BankKeyState } from '../banks/bank-key.rules';

/** Whether a key signs, or may yet sign. */
export function isInUse({ state }: { readonly state: BankKeyState }): boolean {
  return state === 'active' || state === 'suspended';
}

/** Whether a granted key may still be collected at `now`. */
export function isCollectable(
  { state, collectUntil }: { readonly state: BankKeyState; readonly collectUntil: Date | null },
  now: Date,
): boolean {
  return state === 'to_collect' && collectUntil !== null && now < collectUntil;
}

/** The latest of the instants that there are. */
export function latest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((newest, instant) => (!newest || (instant && instant > newest) ? instant : newest), null);
}
