import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MarketRow } from '../api/types';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import type { Column } from '../kit/data-table';
import { MarketClass } from './market-class';
import { MarketStateTag } from './market-state-tag';

/** Columns of the list of markets; the code and name always stay. */
export function useMarketColumns(): Column<MarketRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('market.name'),
        rowHeader: true,
        render: (market) => (
          <>
            <Link to={`/markets/${market.code}`}>{market.name}</Link>
            <div className="soft code">{market.code}</div>
          </>
        ),
      },
      { key: 'commune', title: t('market.commune'), render: (market) => market.communeName ?? market.communeCode },
      {
        key: 'class',
        title: t('market.class'),
        render: (market) => (
          <MarketClass official={market.class} suggested={market.suggestedClass} differs={market.classDiffers} />
        ),
      },
      { key: 'operator', title: t('market.operator'), render: (market) => market.operatorName },
      {
        key: 'points',
        title: t('market.points'),
        numeric: true,
        render: (market) => `${format.count(market.operatingPoints)} / ${format.count(market.plannedPoints)}`,
      },
      { key: 'stalls', title: t('market.stalls'), numeric: true, render: (market) => format.count(market.stallCount) },
      {
        key: 'qr',
        title: t('market.withQr'),
        numeric: true,
        render: (market) => (
          <>
            {format.count(market.qrCount)}
            {market.stallCount > 0 && <div className="soft">{format.ratio(market.qrCount, market.stallCount)}</div>}
          </>
        ),
      },
      {
        key: 'state',
        title: t('market.state'),
        render: (market) => (
          <>
            <MarketStateTag state={market.state} />
            <div className="soft nowrap">{t('market.since', { day: formatDay(market.stateSince) })}</div>
          </>
        ),
      },
    ],
    [t, format],
  );
}
