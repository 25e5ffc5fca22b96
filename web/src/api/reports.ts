import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { GetTotalsData } from './generated/types.gen';
import type { Overview, Totals } from './types';

export function readTotals(query: GetTotalsData['query']): Promise<Totals> {
  return answer(sdk.getTotals({ ...loud, query }));
}

export function readOverview(): Promise<Overview> {
  return answer(sdk.getOverview(loud));
}
