import type { TFunction } from 'i18next';
import { formatDay } from '../format/day';
import type { Format } from '../format/use-format';
import type { ChartColumn } from './chart.rules';

/** A day or month as its name on screen. */
export function periodName(key: string): string {
  return key.length === 10 ? formatDay(key) : `${key.slice(5)}/${key.slice(0, 4)}`;
}

/** What a column says, in a sentence. */
export function columnTitle(column: ChartColumn, format: Format, t: TFunction): string {
  const said = `${periodName(column.key)}: ${format.vnd(column.amount)}`;
  if (column.missing.length === 0) return said;
  return `${said}. ${t('chart.missing', { banks: column.missing.join(', ') })}`;
}
