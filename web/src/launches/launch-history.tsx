import ArrowRightOutlined from '@ant-design/icons/ArrowRightOutlined';
import { useTranslation } from 'react-i18next';
import type { LaunchTransition } from '../api/types';
import { formatDay, formatInstant } from '../format/day';
import { MarketStateTag } from '../markets/market-state-tag';
import './board.css';

/** Every step, newest first, with who recorded it and why. Nothing here is ever edited. */
export function LaunchHistory({ history }: { readonly history: readonly LaunchTransition[] }) {
  const { t } = useTranslation();
  return (
    <ol className="timeline">
      {history.map((step) => (
        <li key={`${step.recordedAt} ${step.toState}`}>
          <div className="row">
            <strong>{formatDay(step.onDay)}</strong>
            <span className="soft">{t(`marketState.${step.fromState}`)}</span>
            <ArrowRightOutlined aria-hidden />
            <MarketStateTag state={step.toState} />
          </div>
          <p className="prose">{step.reason}</p>
          <p className="soft">
            {[
              step.leadAgency,
              step.decisionNumber && t('launch.decision', { number: step.decisionNumber }),
              step.place,
              t('launch.recorded', { actor: step.actor, instant: formatInstant(step.recordedAt) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  );
}
