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
  return column.isComplete ? said : `${said}. ${completeness(column, t)}`;
}

/** Whether a column is the whole truth, and who is missing where that is known. */
export function completeness(column: ChartColumn, t: TFunction): string {
  if (column.isComplete) return t('chart.complete');
  return column.missing.length > 0 ? t('chart.missing', { banks: column.missing.join(', ') }) : t('chart.incomplete');
}
