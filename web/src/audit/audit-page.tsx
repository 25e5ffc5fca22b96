import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { auditExportUrl, listAuditEntries } from '../api/audit';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { useUrlState } from '../kit/use-url-state';
import { AuditToolbar } from './audit-toolbar';
import { ChainState } from './chain-state';
import { useAuditColumns } from './use-audit-columns';
import './audit.css';

/** The server counts no further (more than 10 000). */
const COUNTED = 10_000;

/** Who did what to what, when, from where and why; newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { get, set } = useUrlState();
  const filters = {
    q: get('q'),
    actor: get('actor'),
    action: get('action'),
    subjectType: get('subjectType'),
    subjectId: get('subjectId'),
    from: get('from'),
    to: get('to'),
  };
  const pages = usePages(['audit'], listAuditEntries, filters);
  const columns = useAuditColumns();
  const isFiltered = Object.values(filters).some(Boolean);
  const total = format.count(Math.min(pages.total, COUNTED));
  return (
    <Page
      title={t('nav.audit')}
      lead={t('audit.lead')}
      actions={
        <Button icon={<DownloadOutlined aria-hidden />} href={auditExportUrl(filters)} download>
          {t('list.csv')}
        </Button>
      }
    >
      <div className="stack">
        <ChainState />
        <div>
          <AuditToolbar filters={filters} onChange={set} />
          <ListView
            pages={pages}
            count={t(pages.total > COUNTED ? 'audit.countMany' : 'audit.count', { total })}
            empty={
              <EmptyNote title={t(isFiltered ? 'list.nothing' : 'audit.emptyTitle')}>
                {t(isFiltered ? 'list.nothingText' : 'audit.emptyText')}
              </EmptyNote>
            }
          >
            <DataTable
              caption={t('nav.audit')}
              columns={columns}
              rows={pages.rows}
              rowKey={(row) => row.id}
              onOpen={(row) => void navigate(`/audit/${row.id}`)}
              isStale={pages.isStale}
            />
          </ListView>
        </div>
      </div>
    </Page>
  );
}
