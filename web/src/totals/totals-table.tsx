import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Totals, TotalsRow } from '../api/types';
import { formatPeriod } from '../format/day';
import { fileName } from '../format/file-name';
import { useFormat } from '../format/use-format';
import { CsvButton } from '../kit/csv-button';
import { type Column, DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { rowName } from './row-name';

/** A period's totals along one dimension, with the sum of the unrounded values below. */
export function TotalsTable({ totals }: { readonly totals: Totals }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo<Column<TotalsRow>[]>(() => {
    const amount = (key: 'amount' | 'attributedAmount' | 'marketOnlyAmount' | 'suspenseAmount' | 'reversalAmount') => ({
      key,
      title: t(`totals.${key}`),
      numeric: true,
      render: (row: TotalsRow) => format.vnd(row[key]),
      footer: format.vnd(totals.total[key]),
    });
    return [
      {
        key: 'name',
        title: t(`totals.by.${totals.by}`),
        render: (row) =>
          totals.by === 'market' && row.key ? (
            <Link to={`/markets/${row.key}/takings?from=${totals.from}&to=${totals.to}`}>
              {rowName(totals.by, row, t)}
            </Link>
          ) : (
            rowName(totals.by, row, t)
          ),
        footer: t('totals.sum'),
      },
      {
        key: 'count',
        title: t('totals.transactionCount'),
        numeric: true,
        render: (row) => format.count(row.transactionCount),
        footer: format.count(totals.total.transactionCount),
      },
      amount('amount'),
      amount('attributedAmount'),
      amount('marketOnlyAmount'),
      amount('suspenseAmount'),
      amount('reversalAmount'),
    ];
  }, [totals, format, t]);
  if (totals.rows.length === 0) return <EmptyNote title={t('totals.emptyTitle')}>{t('totals.emptyText')}</EmptyNote>;
  const title = `${t(`totals.by.${totals.by}`)}, ${formatPeriod(totals.from, totals.to)}`;
  return (
    <>
      <DataTable
        caption={title}
        columns={columns}
        rows={totals.rows}
        rowKey={(row) => row.key ?? 'suspense'}
        hasFooter
      />
      <div className="more-line no-print">
        <CsvButton
          name={fileName(t('totals.fileName'), totals.by, totals.from, totals.to)}
          head={[t('totals.key'), ...columns.map((column) => column.title)]}
          rows={() => Promise.resolve(csvRows(totals, (row) => rowName(totals.by, row, t)))}
        />
      </div>
    </>
  );
}

function csvRows(totals: Totals, name: (row: TotalsRow) => string): string[][] {
  return totals.rows.map((row) => [
    row.key ?? '',
    name(row),
    row.transactionCount,
    row.amount,
    row.attributedAmount,
    row.marketOnlyAmount,
    row.suspenseAmount,
    row.reversalAmount,
  ]);
}
