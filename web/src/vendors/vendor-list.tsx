import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { VendorRow } from '../api/types';
import { usePages } from '../api/use-pages';
import { listVendors, type VendorsQuery } from '../api/vendors';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { type Column, DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { SearchField } from '../kit/search-field';
import { useUrlState } from '../kit/use-url-state';
import { VENDOR_STATES, VendorStateTag } from './vendor-state-tag';

/** Vendors of the scope, or of one market. IDs and phones are masked by the server. */
export function VendorList({ marketCode }: { readonly marketCode?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { get, oneOf, set } = useUrlState();
  const filters = { q: get('q'), state: oneOf('state', VENDOR_STATES) };
  const load = useCallback(
    (query: VendorsQuery, signal?: AbortSignal) => listVendors({ ...query, marketCode }, signal),
    [marketCode],
  );
  const pages = usePages(['vendors', marketCode ?? 'all'], load, filters);
  const columns = useVendorColumns(marketCode);
  return (
    <>
      <div className="toolbar no-print" role="search" aria-label={t('vendor.filter')}>
        <SearchField
          label={t('vendor.search')}
          placeholder={t('vendor.searchHint')}
          value={filters.q}
          onChange={(q) => set({ q })}
        />
        <ChoiceField
          label={t('vendor.state')}
          all={t('list.all')}
          value={filters.state}
          options={VENDOR_STATES.map((value) => ({ value, label: t(`vendorState.${value}`) }))}
          onChange={(state) => set({ state })}
        />
      </div>
      <ListView
        pages={pages}
        count={t('vendor.count', { count: pages.total, total: format.count(pages.total) })}
        empty={
          <EmptyNote title={t(filters.q || filters.state ? 'list.nothing' : 'vendor.emptyTitle')}>
            {t(filters.q || filters.state ? 'list.nothingText' : 'vendor.emptyText')}
          </EmptyNote>
        }
      >
        <DataTable
          caption={t('nav.vendors')}
          columns={columns}
          rows={pages.rows}
          rowKey={(vendor) => vendor.id}
          onOpen={(vendor) => void navigate(`/vendors/${vendor.id}`)}
          isStale={pages.isStale}
        />
      </ListView>
    </>
  );
}

function useVendorColumns(marketCode: string | undefined): Column<VendorRow>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('vendor.name'),
      rowHeader: true,
      render: (vendor) => <Link to={`/vendors/${vendor.id}`}>{vendor.fullName}</Link>,
    },
    { key: 'kind', title: t('vendor.kind'), render: (vendor) => t(`vendorKind.${vendor.kind}`) },
    {
      key: 'stalls',
      title: t('vendor.stalls'),
      render: (vendor) =>
        vendor.stalls
          .map((stall) => (stall.marketCode === marketCode ? stall.number : `${stall.number}, ${stall.marketName}`))
          .join(' · '),
    },
    {
      key: 'phone',
      title: t('vendor.phone'),
      render: (vendor) => vendor.phoneMasked && <span className="code">{vendor.phoneMasked}</span>,
    },
    {
      key: 'id',
      title: t('vendor.personalId'),
      render: (vendor) => vendor.personalIdMasked && <span className="code">{vendor.personalIdMasked}</span>,
    },
    { key: 'state', title: t('vendor.state'), render: (vendor) => <VendorStateTag state={vendor.state} /> },
  ];
}
