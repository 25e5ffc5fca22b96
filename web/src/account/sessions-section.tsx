import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endOwnSession, type OwnSession } from '../api/account';
import { formatInstant } from '../format/day';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { StateTag } from '../kit/state-tag';
import { useNotice } from '../kit/use-notice';
import { useAccountAction, useOwnSessions } from './use-account';

/** Where one is signed in; anything strange is ended at once. */
export function SessionsSection() {
  const { t } = useTranslation();
  const notice = useNotice();
  const sessions = useOwnSessions();
  const endOthers = useAccountAction(endOtherSessions, (ended) => t('ownAccount.sessionsEnded', { ended }));
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  return (
    <Section title={t('ownAccount.sessions')}>
      <p className="prose">{t('ownAccount.sessionsLead')}</p>
      <QueryView query={sessions} lines={4}>
        {(items) => (
          <ul className="factor-list">
            {items.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
        )}
      </QueryView>
      {hasOthers && (
        <Button loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined, { onError: notice.problem })}>
          {t('ownAccount.endOthers')}
        </Button>
      )}
    </Section>
  );
}

function SessionLine({ session }: { readonly session: OwnSession }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const device = [session.browser, session.system].filter(Boolean).join(' · ') || t('ownAccount.deviceUnknown');
  const end = useAccountAction(
    () => endOwnSession(session.id),
    () => t('ownAccount.sessionEnded', { device }),
  );
  return (
    <li>
      <div>
        <p>
          <strong>{device}</strong>
        </p>
        <p className="soft">
          {t('ownAccount.sessionFacts', {
            address: session.address,
            started: formatInstant(session.startedAt),
            seen: formatInstant(session.lastSeenAt),
          })}
        </p>
      </div>
      {session.isCurrent ? (
        <StateTag tone="good" icon={<CheckCircleOutlined />}>
          {t('ownAccount.sessionCurrent')}
        </StateTag>
      ) : (
        <Button
          aria-label={t('ownAccount.endOf', { device, at: formatInstant(session.startedAt) })}
          loading={end.isPending}
          onClick={() => end.mutate(undefined, { onError: notice.problem })}
        >
          {t('ownAccount.end')}
        </Button>
      )}
    </li>
  );
}
