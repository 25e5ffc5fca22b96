import ArrowRightOutlined from '@ant-design/icons/ArrowRightOutlined';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Approval } from '../api/types';
import { formatInstant } from '../format/day';
import { TimeAgo } from '../kit/time-ago';
import { ApprovalActions } from './approval-actions';
import { ApprovalStateTag } from './approval-state-tag';
import { subjectPath } from './subject-path.rules';
import { useSentence } from './use-sentence';

/** One request: what will happen, to what, who asks and why, until when; and what became of it. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation();
  const say = useSentence();
  const id = useId();
  const path = subjectPath(approval);
  const place = [approval.marketName, approval.subjectId].filter(Boolean).join(' · ');
  return (
    <li className="approval" aria-labelledby={id}>
      <div className="row-apart">
        <h3 id={id}>
          {t(`approvalKind.${approval.kind}` as 'approvalKind.account_change', { defaultValue: approval.kind })}
        </h3>
        <ApprovalStateTag state={approval.state} />
      </div>
      <p className="approval-place">{path ? <Link to={path}>{place}</Link> : place}</p>
      <p className="approval-sentence">{say(approval.sentence)}</p>
      <ApprovalFacts approval={approval} />
      <p>
        <span className="soft">{t('form.reason')}: </span>
        {approval.reason}
      </p>
      <p className="soft">
        {t('inbox.askedBy', { name: approval.requestedBy })} <TimeAgo instant={approval.requestedAt} />
        {approval.state === 'pending' && ` · ${t('inbox.expires', { at: formatInstant(approval.expiresAt) })}`}
      </p>
      <ApprovalEnd approval={approval} />
      <ApprovalActions approval={approval} />
    </li>
  );
}

function ApprovalFacts({ approval: { facts } }: { readonly approval: Approval }) {
  const { t } = useTranslation();
  const say = useSentence();
  if (facts.length === 0) return null;
  return (
    <dl className="approval-facts">
      {facts.map(({ label, before, after }) => (
        <div key={label.en}>
          <dt>{say(label)}</dt>
          <dd>
            {before !== null && (
              <>
                <span className="soft">{before}</span>
                <ArrowRightOutlined className="approval-arrow" aria-label={t('inbox.becomes')} />
              </>
            )}
            <strong>{after ?? t('inbox.nothing')}</strong>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ApprovalEnd({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation();
  const say = useSentence();
  const { decidedAt, decidedBy, decisionReason, failure } = approval;
  if (decidedAt === null) return null;
  return (
    <>
      <p>
        {t(`inbox.ended.${approval.state}` as 'inbox.ended.approved', {
          name: decidedBy ?? '',
          at: formatInstant(decidedAt),
        })}
      </p>
      {decisionReason && (
        <p>
          <span className="soft">{t('inbox.decisionReason')}: </span>
          {decisionReason}
        </p>
      )}
      {failure && <p>{say(failure)}</p>}
    </>
  );
}
