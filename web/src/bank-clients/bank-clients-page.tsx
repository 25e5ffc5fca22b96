import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { listBankClients } from '../api/bank-clients';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { SearchField } from '../kit/search-field';
import { useUrlState } from '../kit/use-url-state';
import { useBankClientColumns } from './use-bank-client-columns';

/** Who reports, and with how many keys. */
export function BankClientsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { get, oneOf, set } = useUrlState();
  const q = get('q');
  const all = oneOf('all', ['true'] as const);
  const pages = usePages(['bank-clients'], listBankClients, { q, all });
  const columns = useBankClientColumns();
  return (
    <Page title={t('nav.bankClients')} lead={t('bankClient.lead')}>
      <div className="toolbar no-print" role="search" aria-label={t('bankClient.filter')}>
        <SearchField
          label={t('bankClient.search')}
          placeholder={t('bankClient.searchHint')}
          value={q}
          onChange={(text) => set({ q: text })}
        />
        <ChoiceField
          label={t('bankClient.which')}
          all={t('bankClient.clients')}
          value={all}
          options={[{ value: 'true', label: t('bankClient.all') }]}
          onChange={(value) => set({ all: value })}
          width={240}
        />
      </div>
      <ListView
        pages={pages}
        count={t('bankClient.count', { count: pages.total, total: format.count(pages.total) })}
        empty={
          <EmptyNote title={t(q ? 'list.nothing' : 'bankClient.emptyTitle')}>
            {t(q ? 'list.nothingText' : 'bankClient.emptyText')}
          </EmptyNote>
        }
      >
        <DataTable
          caption={t('nav.bankClients')}
          columns={columns}
          rows={pages.rows}
          rowKey={(row) => row.bin}
          onOpen={(row) => void navigate(`/bank-clients/${row.bin}`)}
          isStale={pages.isStale}
        />
      </ListView>
    </Page>
  );
}
