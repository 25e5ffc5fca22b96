import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format';
import { type Column, DataTable } from '../kit/data-table';
import type { ChartColumn } from './chart.rules';
import { completeness, periodName } from './column-title';

/** The same figures as the chart, for reading and copying. */
export function ChartTable({ columns, title }: { readonly columns: readonly ChartColumn[]; readonly title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shape: Column<ChartColumn>[] = [
    { key: 'day', title: t('chart.period'), render: (column) => periodName(column.key) },
    { key: 'amount', title: t('totals.amount'), numeric: true, render: (column) => format.vnd(column.amount) },
    {
      key: 'count',
      title: t('totals.transactionCount'),
      numeric: true,
      render: (column) => format.count(column.transactionCount),
    },
    {
      key: 'missing',
      title: t('chart.completeness'),
      render: (column) => completeness(column, t),
    },
  ];
  return <DataTable caption={title} columns={shape} rows={columns} rowKey={(column) => column.key} />;
}
