import { dayOf } from '../format/day';
import { useUrlState } from '../kit/use-url-state';
import type { TotalsBy } from '../api/types';
import { type Period, periodFrom } from './period.rules';

/** Period and dimension of the totals, kept in the address. */
export function useTotalsView(choices: readonly TotalsBy[]) {
  const { get, set } = useUrlState();
  const period = periodFrom(get('from'), get('to'), dayOf(new Date()));
  const by = choices.find((choice) => choice === get('by')) ?? choices[0] ?? 'bank';
  return {
    period,
    by,
    setPeriod: ({ from, to }: Period) => set({ from, to }),
    setBy: (value: TotalsBy) => set({ by: value }),
  };
}
