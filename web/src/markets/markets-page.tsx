import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { listMarkets } from '../api/markets';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { useHiddenColumns } from '../kit/use-hidden-columns';
import { useUrlState } from '../kit/use-url-state';
import { MARKET_CLASSES, MARKET_STATES } from './market-words';
import { MarketsToolbar } from './markets-toolbar';
import { useMarketColumns } from './use-market-columns';
import { May } from '../session/may';

/** All markets of the scope: found by name, state and class, taken away as a file. */
export function MarketsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { get, oneOf } = useUrlState();
  const officialClass = oneOf('class', MARKET_CLASSES);
  const filters = {
    q: get('q'),
    state: oneOf('state', MARKET_STATES),
    class: officialClass && Number(officialClass),
  };
  const pages = usePages(['markets'], listMarkets, filters);
  const columns = useMarketColumns();
  const [hidden, setHidden] = useHiddenColumns('markets');
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <Page
      title={t('nav.markets')}
      actions={
        <May do="market.write">
          <Link to="/markets/import">
            <Button tabIndex={-1}>{t('market.import')}</Button>
          </Link>
          <Link to="/markets/new">
            <Button tabIndex={-1} type="primary">
              {t('market.create')}
            </Button>
          </Link>
        </May>
      }
    >
      <MarketsToolbar filters={filters} columns={columns} hidden={hidden} onHidden={setHidden} />
      <ListView
        pages={pages}
        count={t(isFiltered ? 'market.countFiltered' : 'market.count', {
          count: pages.total,
          total: format.count(pages.total),
        })}
        empty={isFiltered ? <NothingFound /> : <NoMarkets />}
      >
        <DataTable
          caption={t('nav.markets')}
          columns={columns.filter((column) => !hidden.includes(column.key))}
          rows={pages.rows}
          rowKey={(market) => market.code}
          onOpen={(market) => void navigate(`/markets/${market.code}`)}
          isStale={pages.isStale}
        />
      </ListView>
    </Page>
  );
}

function NothingFound() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('list.nothing')} action={<Link to="/markets">{t('list.clear')}</Link>}>
      {t('list.nothingText')}
    </EmptyNote>
  );
}

function NoMarkets() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('market.emptyTitle')} action={<Link to="/markets/import">{t('market.import')}</Link>}>
      {t('market.emptyText')}
    </EmptyNote>
  );
}
