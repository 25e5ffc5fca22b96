import type { TFunction } from 'i18next';
import type { Channel, TotalsBy, TotalsRow } from '../api/types';
import { periodName } from './column-title';

/** What a row of totals is about, in words. */
export function rowName(by: TotalsBy, row: TotalsRow, t: TFunction): string {
  if (row.key === null) return t('totals.inSuspense');
  if (by === 'channel') return t(`channel.${row.key as Channel}`);
  if (by === 'day' || by === 'month') return periodName(row.key);
  return row.name ?? row.key;
}
