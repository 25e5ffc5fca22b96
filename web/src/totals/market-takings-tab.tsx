import { useOutletContext } from 'react-router';
import type { Market, TotalsBy } from '../api/types';
import { ChartSection } from './chart-section';
import { PeriodPicker } from './period-picker';
import { TotalsSection } from './totals-section';
import { useTotalsView } from './use-totals-view';

const CHOICES: readonly TotalsBy[] = ['bank', 'channel', 'day', 'month'];

/** What was taken cashless at one market. */
export function MarketTakingsTab() {
  const market = useOutletContext<Market>();
  const { period, by, setPeriod, setBy } = useTotalsView(CHOICES);
  return (
    <div className="stack">
      <PeriodPicker period={period} onChange={setPeriod} />
      <ChartSection period={period} marketCode={market.code} />
      <TotalsSection period={period} by={by} choices={CHOICES} marketCode={market.code} onBy={setBy} />
    </div>
  );
}
