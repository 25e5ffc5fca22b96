import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Submission, SubmissionFigures } from '../api/types';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import type { Column } from '../kit/data-table';
import { TimeAgo } from '../kit/time-ago';
import { SubmissionStateTag } from './submission-state-tag';

/** Columns of the list of submissions. */
export function useSubmissionColumns(): Column<Submission>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'reference',
        title: t('submission.reference'),
        rowHeader: true,
        render: (row) => (
          <>
            <Link to={`/submissions/${row.id}`} className="code">
              {row.reference}
            </Link>
            <div className="soft">{t('submission.partRevision', { part: row.part, revision: row.revision })}</div>
          </>
        ),
      },
      { key: 'bank', title: t('submission.bank'), render: (row) => row.bankName },
      { key: 'day', title: t('submission.businessDate'), render: (row) => formatDay(row.businessDate) },
      {
        key: 'state',
        title: t('submission.state'),
        render: (row) => (
          <>
            <SubmissionStateTag state={row.state} />
            {row.problemCount > 0 && (
              <div className="soft">
                {t('submission.problemCount', { count: row.problemCount, total: format.count(row.problemCount) })}
              </div>
            )}
          </>
        ),
      },
      {
        key: 'lines',
        title: t('submission.lineCount'),
        numeric: true,
        render: (row) => row.declared && format.count(row.declared.lineCount),
      },
      {
        key: 'transactions',
        title: t('totals.transactionCount'),
        numeric: true,
        render: (row) => row.declared && format.count(row.declared.transactionCount),
      },
      {
        key: 'amount',
        title: t('totals.amount'),
        numeric: true,
        render: (row) => row.declared && format.vnd(row.declared.amount),
      },
      {
        key: 'suspense',
        title: t('totals.suspenseAmount'),
        numeric: true,
        render: (row) => row.buckets && <SuspenseCell figures={row.buckets.suspense} />,
      },
      { key: 'received', title: t('submission.receivedAt'), render: (row) => <TimeAgo instant={row.receivedAt} /> },
    ],
    [t, format],
  );
}

function SuspenseCell({ figures }: { readonly figures: SubmissionFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (figures.lineCount === '0') return '–';
  return (
    <>
      {format.vnd(figures.amount)}
      <div className="soft">{t('submission.lines', { total: format.count(figures.lineCount) })}</div>
    </>
  );
}
