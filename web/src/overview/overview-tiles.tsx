import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readOverview } from '../api/reports';
import type { Overview } from '../api/types';
import { formatPeriod } from '../format/day';
import { useFormat } from '../format/use-format';
import { Figure } from '../kit/figure';
import { QueryView } from '../kit/query-view';
import { AttentionList } from './attention-list';

/** The few figures a leader asks for first, each with its base, and what needs a person. */
export function OverviewTiles() {
  const query = useQuery({ queryKey: ['overview'], queryFn: readOverview });
  return (
    <QueryView query={query} lines={4}>
      {(overview) => (
        <>
          <div className="figures">
            <MarketsFigure overview={overview} />
            <StallsFigure overview={overview} />
            <ActiveFigure overview={overview} />
            <TakingsFigure overview={overview} />
          </div>
          <AttentionList overview={overview} />
        </>
      )}
    </QueryView>
  );
}

interface Props {
  readonly overview: Overview;
}

function MarketsFigure({ overview }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { launched, total } = overview.markets;
  return (
    <Figure
      name={t('overview.launched')}
      value={format.count(launched)}
      unit={t('overview.ofMarkets', { total: format.count(total) })}
      to="/launches"
    >
      <small>{t('overview.launchedShare', { share: format.ratio(launched, total) ?? '–' })}</small>
    </Figure>
  );
}

function StallsFigure({ overview }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { operating, withQr } = overview.stalls;
  return (
    <Figure name={t('overview.withQr')} value={format.ratio(withQr, operating) ?? '–'} to="/markets">
      <small>{t('overview.withQrBase', { part: format.count(withQr), whole: format.count(operating) })}</small>
    </Figure>
  );
}

function ActiveFigure({ overview }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { withQr, withCredit30Days } = overview.stalls;
  return (
    <Figure name={t('overview.active')} value={format.ratio(withCredit30Days, withQr) ?? '–'}>
      <small>{t('overview.activeBase', { part: format.count(withCredit30Days), whole: format.count(withQr) })}</small>
    </Figure>
  );
}

function TakingsFigure({ overview }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to, amount, previousAmount, coverage } = overview.takings;
  const change = format.change(amount, previousAmount);
  const isComplete = coverage.receivedReports === coverage.expectedReports;
  return (
    <Figure
      name={t('overview.takings')}
      value={format.vndWords(amount)}
      unit="₫"
      exact={format.vnd(amount)}
      to={`/?from=${from}&to=${to}&by=bank`}
    >
      <small>{formatPeriod(from, to)}</small>
      <small>{change ? t('overview.change', { change }) : t('overview.noBefore')}</small>
      <small className={isComplete ? undefined : 'figure-mark'}>
        {t('overview.coverage', {
          received: format.count(coverage.receivedReports),
          expected: format.count(coverage.expectedReports),
        })}
      </small>
    </Figure>
  );
}
