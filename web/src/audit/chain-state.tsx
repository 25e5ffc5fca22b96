import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readAuditVerification } from '../api/audit';
import type { AuditVerification } from '../api/types';
import { formatInstant } from '../format/day';
import { useFormat } from '../format/use-format';
import { Note } from '../kit/note';
import { QueryView } from '../kit/query-view';

/** Whether the trail is as it was written: what the last run over the whole chain found. */
export function ChainState() {
  const query = useQuery({ queryKey: ['audit', 'verification'], queryFn: readAuditVerification });
  return (
    <QueryView query={query} lines={2}>
      {(state) => <Verdict state={state} />}
    </QueryView>
  );
}

function Verdict({ state }: { readonly state: AuditVerification }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { head, last, waiting } = state;
  if (!last) {
    return (
      <Note tone="plain" title={t('audit.chain.unverified')}>
        <p>{t('audit.chain.unverifiedText', { total: format.count(head?.position ?? '0') })}</p>
      </Note>
    );
  }
  const at = formatInstant(last.at);
  if (last.problem) {
    return (
      <Note tone="alarm" title={t(`auditFault.${last.problem.code}`)}>
        <p>{t('audit.chain.brokenAt', { position: format.count(last.problem.position), at })}</p>
        <p>{t('audit.chain.brokenText')}</p>
      </Note>
    );
  }
  return (
    <Note tone="done" title={t('audit.chain.sound', { total: format.count(last.position), at })}>
      {waiting > 0 && <p>{t('audit.chain.waiting', { total: format.count(waiting) })}</p>}
    </Note>
  );
}
