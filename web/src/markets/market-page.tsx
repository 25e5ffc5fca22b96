import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Outlet, useParams } from 'react-router';
import { readMarket } from '../api/markets';
import { formatDay } from '../format/day';
import { EditLink } from '../kit/edit-link';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { TabLinks } from '../kit/tab-links';
import { MarketStateTag } from './market-state-tag';
import { May } from '../session/may';
import { useMay } from '../session/use-session';

/** One market; each tab is a page of its own with its own address. */
export function MarketPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const query = useQuery({ queryKey: ['market', code], queryFn: () => readMarket(code) });
  const base = `/markets/${code}`;
  const may = useMay();
  const tabs = [
    { to: base, title: t('market.tab.facts'), exact: true },
    { to: `${base}/stalls`, title: t('market.tab.stalls'), permission: 'stall.read' },
    { to: `${base}/vendors`, title: t('market.tab.vendors'), permission: 'vendor.read' },
    { to: `${base}/cards`, title: t('market.tab.cards'), permission: 'code.read' },
    { to: `${base}/takings`, title: t('market.tab.takings'), permission: 'totals.read' },
    { to: `${base}/launch`, title: t('market.tab.launch'), permission: 'launch.read' },
  ] as const;
  const open = tabs.filter((tab) => !('permission' in tab) || may(tab.permission));
  return (
    <Page
      title={query.data?.name ?? code}
      crumbs={[{ title: t('nav.markets'), to: '/markets' }]}
      tags={
        query.data && (
          <>
            <MarketStateTag state={query.data.state} />
            <span className="soft">{t('market.since', { day: formatDay(query.data.stateSince) })}</span>
          </>
        )
      }
      actions={
        query.data && (
          <May do="market.write">
            <EditLink to={`${base}/edit`} />
          </May>
        )
      }
      lead={query.data && `${query.data.code} · ${query.data.communeName ?? query.data.communeCode}`}
    >
      <QueryView query={query} lines={10}>
        {(market) => (
          <>
            <TabLinks label={market.name} tabs={open} />
            <Outlet context={market} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
