import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import StopOutlined from '@ant-design/icons/StopOutlined';
import { useTranslation } from 'react-i18next';
import type { QrIssue } from '../api/types';
import { StateTag } from '../kit/state-tag';

export function IssueStateTag({ issue }: { readonly issue: QrIssue }) {
  const { t } = useTranslation();
  const isActive = issue.state === 'active';
  return (
    <>
      <StateTag tone={isActive ? 'good' : 'plain'} icon={isActive ? <CheckCircleOutlined /> : <StopOutlined />}>
        {t(`issueState.${issue.state}`)}
      </StateTag>
      {issue.retiredReason && <div className="soft">{issue.retiredReason}</div>}
    </>
  );
}
