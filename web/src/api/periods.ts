import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { ClosedPeriod, PeriodClosingInput } from './generated/types.gen';

export type { ClosedPeriod, PeriodClosingInput } from './generated/types.gen';
export type Calendar = ClosedPeriod['calendar'];

/** Closings of periods that share a day with this one, the latest first. */
export async function readClosings(days: { from: string; to: string }): Promise<readonly ClosedPeriod[]> {
  const { items } = await answer(sdk.listPeriods({ ...loud, query: { ...days, limit: 200 } }));
  return items;
}

export function closePeriod(body: PeriodClosingInput): Promise<ClosedPeriod> {
  return answer(sdk.closePeriod({ ...loud, body }));
}
