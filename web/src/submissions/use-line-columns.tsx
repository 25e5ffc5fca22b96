import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SubmissionLineItem } from '../api/types';
import { useFormat } from '../format/use-format';
import type { Column } from '../kit/data-table';
import { LineStatusTag } from './line-status-tag';

/** Columns that every list of lines shares: what was reported, and where it belongs or why it does not yet. */
export function useLineColumns<Row extends SubmissionLineItem>(): Column<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'target',
      title: t('submission.target'),
      // Only what waits in suspense keeps the code or account that the bank reported.
      render: (line) => <span className="code">{line.target ?? line.stallCode ?? line.marketCode}</span>,
    },
    { key: 'channel', title: t('submission.channel'), render: (line) => t(`channel.${line.channel}`) },
    {
      key: 'status',
      title: t('submission.status'),
      render: (line) => (
        <>
          <LineStatusTag status={line.status} />
          {line.reason !== 'none' && <div className="soft">{t(`reason.${line.reason}`)}</div>}
        </>
      ),
    },
    {
      key: 'market',
      title: t('totals.by.market'),
      render: (line) => line.marketCode && <Link to={`/markets/${line.marketCode}`}>{line.marketCode}</Link>,
    },
    {
      key: 'count',
      title: t('totals.transactionCount'),
      numeric: true,
      render: (line) => format.count(line.transactionCount),
    },
    { key: 'amount', title: t('totals.amount'), numeric: true, render: (line) => format.vnd(line.amount) },
  ];
}
