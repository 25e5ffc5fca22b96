import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { listSubmissions } from '../api/submissions';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { DataTable } from '../kit/data-table';
import { DayRangeField } from '../kit/day-range-field';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { SearchField } from '../kit/search-field';
import { useUrlState } from '../kit/use-url-state';
import { BankFilter } from './bank-filter';
import { SUBMISSION_STATES } from './submission-state-tag';
import { useSubmissionColumns } from './use-submission-columns';

/** What the banks have sent, newest first. */
export function SubmissionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { get, oneOf, set } = useUrlState();
  const filters = {
    q: get('q'),
    bankBin: get('bankBin'),
    state: oneOf('state', SUBMISSION_STATES),
    from: get('from'),
    to: get('to'),
  };
  const pages = usePages(['submissions'], listSubmissions, filters);
  const columns = useSubmissionColumns();
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <Page title={t('nav.submissions')} lead={t('submission.lead')}>
      <div className="toolbar no-print" role="search" aria-label={t('submission.filter')}>
        <SearchField
          label={t('submission.search')}
          placeholder={t('submission.searchHint')}
          value={filters.q}
          onChange={(q) => set({ q })}
        />
        <BankFilter value={filters.bankBin} onChange={(bankBin) => set({ bankBin })} />
        <ChoiceField
          label={t('submission.state')}
          all={t('list.all')}
          value={filters.state}
          options={SUBMISSION_STATES.map((value) => ({ value, label: t(`submissionState.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <DayRangeField label={t('submission.businessDate')} from={filters.from} to={filters.to} onChange={set} />
      </div>
      <ListView
        pages={pages}
        count={t('submission.count', { count: pages.total, total: format.count(pages.total) })}
        empty={
          <EmptyNote title={t(isFiltered ? 'list.nothing' : 'submission.emptyTitle')}>
            {t(isFiltered ? 'list.nothingText' : 'submission.emptyText')}
          </EmptyNote>
        }
      >
        <DataTable
          caption={t('nav.submissions')}
          columns={columns}
          rows={pages.rows}
          rowKey={(row) => row.id}
          onOpen={(row) => void navigate(`/submissions/${row.id}`)}
          isStale={pages.isStale}
        />
      </ListView>
    </Page>
  );
}
