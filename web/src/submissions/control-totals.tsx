import { useTranslation } from 'react-i18next';
import type { SubmissionBuckets, SubmissionFigures } from '../api/types';
import { useFormat } from '../format/use-format';
import { type Column, DataTable } from '../kit/data-table';
import { Section } from '../kit/section';

type BucketName = keyof SubmissionBuckets;

interface Row extends SubmissionFigures {
  readonly name: BucketName;
}

const ORDER: readonly BucketName[] = ['attributed', 'marketOnly', 'suspense'];

interface ControlTotalsProps {
  readonly declared: SubmissionFigures;
  readonly buckets: SubmissionBuckets;
}

/** Declared = attributed + market-only + suspense, in lines, count and amount, to the đồng. */
export function ControlTotals({ declared, buckets }: ControlTotalsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: t('submission.bucket'),
      render: (row) => t(`bucket.${row.name}`),
      footer: t('submission.declared'),
    },
    {
      key: 'lines',
      title: t('submission.lineCount'),
      numeric: true,
      render: (row) => format.count(row.lineCount),
      footer: format.count(declared.lineCount),
    },
    {
      key: 'count',
      title: t('totals.transactionCount'),
      numeric: true,
      render: (row) => format.count(row.transactionCount),
      footer: format.count(declared.transactionCount),
    },
    {
      key: 'amount',
      title: t('totals.amount'),
      numeric: true,
      render: (row) => format.vnd(row.amount),
      footer: format.vnd(declared.amount),
    },
    {
      key: 'share',
      title: t('submission.share'),
      numeric: true,
      render: (row) => format.ratio(BigInt(row.amount), BigInt(declared.amount)) ?? '–',
      footer: '',
    },
    {
      key: 'reversals',
      title: t('totals.reversalAmount'),
      numeric: true,
      render: (row) => format.vnd(row.reversalAmount),
      footer: format.vnd(declared.reversalAmount),
    },
  ];
  return (
    <Section title={t('submission.controlTotals')}>
      <DataTable
        caption={t('submission.controlTotals')}
        columns={columns}
        rows={ORDER.map((name) => ({ name, ...buckets[name] }))}
        rowKey={(row) => row.name}
        hasFooter
      />
    </Section>
  );
}
