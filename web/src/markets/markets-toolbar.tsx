import { useTranslation } from 'react-i18next';
import { listMarkets, type MarketsQuery } from '../api/markets';
import type { MarketRow } from '../api/types';
import { loadAll } from '../api/use-pages';
import { ChoiceField } from '../kit/choice-field';
import { ColumnChooser } from '../kit/column-chooser';
import { CsvButton } from '../kit/csv-button';
import type { Column } from '../kit/data-table';
import { SearchField } from '../kit/search-field';
import { useUrlState } from '../kit/use-url-state';
import { MARKET_CLASSES, MARKET_STATES } from './market-words';

interface MarketsToolbarProps {
  readonly filters: MarketsQuery;
  readonly columns: readonly Column<MarketRow>[];
  readonly hidden: readonly string[];
  readonly onHidden: (hidden: string[]) => void;
}

export function MarketsToolbar({ filters, columns, hidden, onHidden }: MarketsToolbarProps) {
  const { t } = useTranslation();
  const { set } = useUrlState();
  const head = [
    'code',
    'name',
    'commune',
    'class',
    'operator',
    'planned',
    'operating',
    'stalls',
    'qr',
    'state',
    'since',
  ];
  return (
    <div className="toolbar no-print" role="search" aria-label={t('market.filter')}>
      <SearchField
        label={t('market.search')}
        placeholder={t('market.searchHint')}
        value={filters.q}
        onChange={(q) => set({ q })}
      />
      <ChoiceField
        label={t('market.state')}
        all={t('list.all')}
        value={filters.state}
        options={MARKET_STATES.map((value) => ({ value, label: t(`marketState.${value}`) }))}
        onChange={(state) => set({ state })}
      />
      <ChoiceField
        label={t('market.class')}
        all={t('list.all')}
        value={filters.class?.toString()}
        width={120}
        options={MARKET_CLASSES.map((value) => ({ value, label: t('market.classValue', { value }) }))}
        onChange={(value) => set({ class: value })}
      />
      <div className="pushed">
        <ColumnChooser columns={columns} hidden={hidden} onHidden={onHidden} />
        <CsvButton
          name={t('market.fileName')}
          head={head.map((key) => t(`market.csv.${key as 'code'}`))}
          rows={async () =>
            (await loadAll(listMarkets, filters)).map((market) => csvRow(market, t(`marketState.${market.state}`)))
          }
        />
      </div>
    </div>
  );
}

function csvRow(market: MarketRow, state: string): string[] {
  return [
    market.code,
    market.name,
    market.communeName ?? market.communeCode,
    String(market.class ?? ''),
    market.operatorName ?? '',
    String(market.plannedPoints),
    String(market.operatingPoints),
    String(market.stallCount),
    String(market.qrCount),
    state,
    market.stateSince,
  ];
}
