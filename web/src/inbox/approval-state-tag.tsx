import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import FieldTimeOutlined from '@ant-design/icons/FieldTimeOutlined';
import RollbackOutlined from '@ant-design/icons/RollbackOutlined';
import WarningOutlined from '@ant-design/icons/WarningOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalState } from '../api/types';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<ApprovalState, { tone: Tone; icon: ReactNode }> = {
  pending: { tone: 'attention', icon: <ClockCircleOutlined /> },
  approved: { tone: 'good', icon: <CheckCircleOutlined /> },
  refused: { tone: 'alarm', icon: <CloseCircleOutlined /> },
  withdrawn: { tone: 'plain', icon: <RollbackOutlined /> },
  expired: { tone: 'plain', icon: <FieldTimeOutlined /> },
  failed: { tone: 'alarm', icon: <WarningOutlined /> },
};

export function ApprovalStateTag({ state }: { readonly state: ApprovalState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`approvalState.${state}`)}
    </StateTag>
  );
}
