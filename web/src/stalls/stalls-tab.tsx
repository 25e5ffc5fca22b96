import { Button } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import { listStalls, type StallsQuery } from '../api/markets';
import type { Market, StallRow } from '../api/types';
import { loadAll, usePages } from '../api/use-pages';
import { fileName } from '../format/file-name';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { ColumnChooser } from '../kit/column-chooser';
import { CsvButton } from '../kit/csv-button';
import { DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { SearchField } from '../kit/search-field';
import { useHiddenColumns } from '../kit/use-hidden-columns';
import { useUrlState } from '../kit/use-url-state';
import { STALL_STATES } from './stall-state-tag';
import { useStallColumns } from './use-stall-columns';
import { May } from '../session/may';

/** A market's stalls in the order of their numbers: who sells there, where the money goes, which code hangs there. */
export function StallsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const market = useOutletContext<Market>();
  const { get, oneOf, set } = useUrlState();
  const filters = { q: get('q'), state: oneOf('state', STALL_STATES) };
  const load = useCallback(
    (query: StallsQuery, signal?: AbortSignal) => listStalls(market.code, query, signal),
    [market.code],
  );
  const pages = usePages(['stalls', market.code], load, filters);
  const columns = useStallColumns();
  const [hidden, setHidden] = useHiddenColumns('stalls');
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <>
      <div className="toolbar no-print" role="search" aria-label={t('stall.filter')}>
        <SearchField
          label={t('stall.search')}
          placeholder={t('stall.searchHint')}
          value={filters.q}
          onChange={(q) => set({ q })}
        />
        <ChoiceField
          label={t('stall.state')}
          all={t('list.all')}
          value={filters.state}
          options={STALL_STATES.map((value) => ({ value, label: t(`stallState.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <div className="pushed">
          <ColumnChooser columns={columns} hidden={hidden} onHidden={setHidden} />
          <CsvButton
            name={fileName(t('stall.fileName'), market.code)}
            head={columns.map((column) => column.title)}
            rows={async () =>
              (await loadAll(load, filters)).map((stall) => csvRow(stall, t(`stallState.${stall.state}`)))
            }
          />
          <May do="stall.write">
            <Link to="new">
              <Button tabIndex={-1}>{t('stall.create')}</Button>
            </Link>
          </May>
          <May do="vendor.import">
            <Link to="import">
              <Button tabIndex={-1} type="primary">
                {t('stall.import')}
              </Button>
            </Link>
          </May>
        </div>
      </div>
      <ListView
        pages={pages}
        count={t(isFiltered ? 'stall.countFiltered' : 'stall.count', {
          count: pages.total,
          total: format.count(pages.total),
        })}
        empty={<NoStalls isFiltered={isFiltered} />}
      >
        <DataTable
          caption={t('market.tab.stalls')}
          columns={columns.filter((column) => !hidden.includes(column.key))}
          rows={pages.rows}
          rowKey={(stall) => stall.code}
          isStale={pages.isStale}
        />
      </ListView>
    </>
  );
}

function NoStalls({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation();
  if (isFiltered) return <EmptyNote title={t('list.nothing')}>{t('list.nothingText')}</EmptyNote>;
  return (
    <EmptyNote title={t('stall.emptyTitle')} action={<Link to="import">{t('stall.import')}</Link>}>
      {t('stall.emptyText')}
    </EmptyNote>
  );
}

function csvRow(stall: StallRow, state: string): string[] {
  return [
    stall.number,
    stall.zoneName ?? '',
    stall.tradeLine ?? '',
    stall.vendor?.fullName ?? '',
    stall.account ? `${stall.account.bankName} ${stall.account.accountMasked}` : '',
    stall.qr?.serial ?? '',
    state,
  ];
}
