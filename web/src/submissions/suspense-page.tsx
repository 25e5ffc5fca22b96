import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listSuspense } from '../api/submissions';
import type { SuspenseItem } from '../api/types';
import { loadAll, usePages } from '../api/use-pages';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { CsvButton } from '../kit/csv-button';
import { type Column, DataTable } from '../kit/data-table';
import { DayRangeField } from '../kit/day-range-field';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { useUrlState } from '../kit/use-url-state';
import { BankFilter } from './bank-filter';
import { useLineColumns } from './use-line-columns';

const REASONS = ['unknown_stall', 'unknown_account', 'ambiguous_account', 'stall_not_open', 'unknown_market'] as const;

/** Money that came in but belongs to no stall or market yet. */
export function SuspensePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { get, oneOf, set } = useUrlState();
  const filters = { bankBin: get('bankBin'), reason: oneOf('reason', REASONS), from: get('from'), to: get('to') };
  const pages = usePages(['suspense'], listSuspense, filters);
  const columns: Column<SuspenseItem>[] = [
    {
      key: 'submission',
      title: t('submission.reference'),
      rowHeader: true,
      render: (line) => (
        <>
          <Link to={`/submissions/${line.submissionId}`} className="code">
            {line.reference}
          </Link>
          <div className="soft">{t('submission.atLine', { line: format.count(line.line) })}</div>
        </>
      ),
    },
    { key: 'bank', title: t('submission.bank'), render: (line) => line.bankName },
    { key: 'day', title: t('submission.businessDate'), render: (line) => formatDay(line.businessDate) },
    ...useLineColumns<SuspenseItem>().filter((column) => column.key !== 'market'),
  ];
  return (
    <Page title={t('nav.suspense')} lead={t('suspense.lead')}>
      <div className="toolbar no-print" role="search" aria-label={t('suspense.filter')}>
        <BankFilter value={filters.bankBin} onChange={(bankBin) => set({ bankBin })} />
        <ChoiceField
          label={t('suspense.reason')}
          all={t('list.all')}
          value={filters.reason}
          width={240}
          options={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
          onChange={(reason) => set({ reason })}
        />
        <DayRangeField label={t('submission.businessDate')} from={filters.from} to={filters.to} onChange={set} />
        <div className="pushed">
          <CsvButton
            name={t('suspense.fileName')}
            head={columns.map((column) => column.title)}
            rows={async () =>
              (await loadAll(listSuspense, filters)).map((line) => csvRow(line, t(`channel.${line.channel}`)))
            }
          />
        </div>
      </div>
      <ListView
        pages={pages}
        count={t('submission.lines', { count: pages.total, total: format.count(pages.total) })}
        empty={<EmptyNote title={t('suspense.emptyTitle')}>{t('suspense.emptyText')}</EmptyNote>}
      >
        <DataTable
          caption={t('nav.suspense')}
          columns={columns}
          rows={pages.rows}
          rowKey={(line) => `${line.submissionId}-${line.line}`}
          isStale={pages.isStale}
        />
      </ListView>
    </Page>
  );
}

function csvRow(line: SuspenseItem, channel: string): string[] {
  return [
    line.reference,
    line.bankName,
    line.businessDate,
    line.target ?? '',
    channel,
    line.reason,
    line.transactionCount,
    line.amount,
  ];
}
