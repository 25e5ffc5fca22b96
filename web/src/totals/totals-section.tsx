import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { readTotals } from '../api/reports';
import type { TotalsBy } from '../api/types';
import { formatPeriod } from '../format/day';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { CoverageLine } from './coverage-line';
import type { Period } from './period.rules';
import { TotalsTable } from './totals-table';

interface TotalsSectionProps {
  readonly period: Period;
  readonly by: TotalsBy;
  readonly choices: readonly TotalsBy[];
  readonly marketCode?: string;
  readonly onBy: (by: TotalsBy) => void;
}

/** Totals of the chosen period, and always how complete they are. */
export function TotalsSection({ period, by, choices, marketCode, onBy }: TotalsSectionProps) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['totals', { ...period, by, marketCode }],
    queryFn: () => readTotals({ ...period, by, marketCode }),
  });
  return (
    <Section title={t('totals.title', { period: formatPeriod(period.from, period.to) })}>
      <div className="toolbar no-print scroll-x" role="group" aria-label={t('totals.byLabel')}>
        <Segmented
          name="totals-by"
          value={by}
          options={choices.map((value) => ({ value, label: t(`totals.by.${value}`) }))}
          onChange={onBy}
        />
      </div>
      <QueryView query={query} lines={10}>
        {(totals) => (
          <div className="stack">
            <CoverageLine coverage={totals.coverage} from={totals.from} to={totals.to} />
            <div>
              <TotalsTable totals={totals} />
            </div>
          </div>
        )}
      </QueryView>
    </Section>
  );
}
