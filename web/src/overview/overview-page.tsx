import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import type { TotalsBy } from '../api/types';
import { Page } from '../kit/page';
import { ClosedPeriods } from '../periods/closed-periods';
import { useMay, useSession } from '../session/use-session';
import { ChartSection } from '../totals/chart-section';
import { PeriodPicker } from '../totals/period-picker';
import { TotalsSection } from '../totals/totals-section';
import { useTotalsView } from '../totals/use-totals-view';
import { OverviewTiles } from './overview-tiles';
import { useAreaName } from '../session/use-area-name';

const CHOICES: readonly TotalsBy[] = ['market', 'commune', 'bank', 'channel'];

/** The province on one page: what is launched, what is used, what was taken, and how complete that is. */
export function OverviewPage() {
  const { t } = useTranslation();
  const session = useSession();
  const may = useMay();
  const areaName = useAreaName(session.data);
  const { period, by, setPeriod, setBy } = useTotalsView(CHOICES);
  if (session.data && !may('totals.read')) return <Navigate to="/markets" replace />;
  return (
    <Page title={areaName || t('nav.overview')} lead={t('overview.lead')}>
      <div className="stack">
        <OverviewTiles />
        <PeriodPicker period={period} onChange={setPeriod} />
        <ClosedPeriods period={period} />
        <ChartSection period={period} />
        <TotalsSection period={period} by={by} choices={CHOICES} onBy={setBy} />
      </div>
    </Page>
  );
}
