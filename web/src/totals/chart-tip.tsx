import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format';
import type { ChartColumn } from './chart.rules';
import { completeness, periodName } from './column-title';

/** The exact figures of the column under the pointer or focus. */
export function ChartTip({ column, left }: { readonly column: ChartColumn; readonly left: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="chart-tip" style={{ left }} aria-hidden>
      <span className="soft">
        {column.key.length === 10 && `${format.weekday(column.key)}, `}
        {periodName(column.key)}
      </span>
      <strong>{format.vnd(column.amount)}</strong>
      <span>{t('chart.transactions', { total: format.count(column.transactionCount) })}</span>
      {!column.isComplete && <span>{completeness(column, t)}</span>}
    </div>
  );
}
