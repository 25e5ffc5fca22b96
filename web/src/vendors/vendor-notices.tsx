import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listNotices } from '../api/accounts';
import type { VendorNotice } from '../api/types';
import { formatInstant } from '../format/day';
import { type Column, DataTable } from '../kit/data-table';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';

/** What the vendor was told about the money, or is to be told at the stall. */
export function VendorNotices({ vendorId }: { readonly vendorId: string }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['vendor', vendorId, 'notices'], queryFn: () => listNotices(vendorId) });
  const columns: Column<VendorNotice>[] = [
    { key: 'at', title: t('notices.at'), render: (notice) => formatInstant(notice.createdAt) },
    { key: 'text', title: t('notices.text'), render: (notice) => notice.text },
    {
      key: 'sent',
      title: t('notices.sent'),
      render: (notice) => (notice.sentAt ? formatInstant(notice.sentAt) : t('notices.recorded')),
    },
  ];
  return (
    <Section title={t('notices.title')}>
      <QueryView query={query} lines={2}>
        {(notices) =>
          notices.length === 0 ? (
            <p className="soft">{t('notices.none')}</p>
          ) : (
            <DataTable caption={t('notices.title')} columns={columns} rows={notices} rowKey={(notice) => notice.id} />
          )
        }
      </QueryView>
    </Section>
  );
}
