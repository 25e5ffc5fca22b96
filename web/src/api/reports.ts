import { request } from './request';
import type { Overview, Totals, TotalsBy } from './types';

export interface TotalsQuery {
  readonly from: string;
  readonly to: string;
  readonly by: TotalsBy;
  readonly marketCode?: string;
}

export function readTotals(query: TotalsQuery): Promise<Totals> {
  return request('GET', '/totals', { query: { ...query } });
}

export function readOverview(): Promise<Overview> {
  return request('GET', '/overview');
}
