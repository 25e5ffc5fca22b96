import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import { readLaunch } from '../api/launches';
import type { Market } from '../api/types';
import { formatDay } from '../format/day';
import { Note } from '../kit/note';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { LaunchHistory } from './launch-history';
import { TransitionForm } from './transition-form';
import { May } from '../session/may';

/** A market's way to its launch: the next step as a form, the steps so far as a timeline. */
export function LaunchTab() {
  const { t } = useTranslation();
  const market = useOutletContext<Market>();
  const query = useQuery({ queryKey: ['launch', market.code], queryFn: () => readLaunch(market.code) });
  return (
    <QueryView query={query} lines={8}>
      {(launch) => (
        <div className="stack">
          {launch.pendingOverride && (
            <Note tone="attention" title={t('launchOverride.pending')}>
              <p className="no-print">
                <Link to="/inbox">{t('inbox.open')}</Link>
              </p>
            </Note>
          )}
          <May do="launch.move">
            <Section title={t('launch.next')}>
              {launch.allowedNext.length > 0 ? (
                <TransitionForm key={launch.state} market={market} launch={launch} />
              ) : (
                <Note tone="plain" title={t('launch.final', { state: t(`marketState.${launch.state}`) })} />
              )}
            </Section>
          </May>
          <Section title={t('launch.history')}>
            {launch.history.length > 0 ? (
              <LaunchHistory history={launch.history} />
            ) : (
              <p className="soft">
                {t('launch.noHistory', { state: t(`marketState.${launch.state}`), day: formatDay(launch.stateSince) })}
              </p>
            )}
          </Section>
        </div>
      )}
    </QueryView>
  );
}
