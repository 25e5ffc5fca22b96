import { useTranslation } from 'react-i18next';
import { listAuditEntries } from '../api/audit';
import { usePages } from '../api/use-pages';
import { useAuditColumns } from '../audit/use-audit-columns';
import { useFormat } from '../format/use-format';
import { DataTable } from '../kit/data-table';
import { ListView } from '../kit/list-view';
import { Section } from '../kit/section';

/** What the trail says of the account, newest first. */
export function PersonHistory({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages(['audit'], listAuditEntries, { subjectType: 'staff', subjectId: id });
  const columns = useAuditColumns().filter(({ key }) => key !== 'subject');
  return (
    <Section title={t('people.history')}>
      <ListView
        pages={pages}
        count={t('people.historyCount', { count: pages.total, total: format.count(pages.total) })}
        empty={<p className="soft">{t('people.noHistory')}</p>}
      >
        <DataTable
          caption={t('people.history')}
          columns={columns}
          rows={pages.rows}
          rowKey={(row) => row.id}
          isStale={pages.isStale}
        />
      </ListView>
    </Section>
  );
}
