import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import FormOutlined from '@ant-design/icons/FormOutlined';
import PauseCircleOutlined from '@ant-design/icons/PauseCircleOutlined';
import RollbackOutlined from '@ant-design/icons/RollbackOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VendorState } from '../api/types';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<VendorState, { tone: Tone; icon: ReactNode }> = {
  draft: { tone: 'plain', icon: <FormOutlined /> },
  submitted: { tone: 'attention', icon: <ClockCircleOutlined /> },
  approved: { tone: 'good', icon: <CheckCircleOutlined /> },
  returned: { tone: 'attention', icon: <RollbackOutlined /> },
  rejected: { tone: 'alarm', icon: <CloseCircleOutlined /> },
  suspended: { tone: 'attention', icon: <PauseCircleOutlined /> },
  ceased: { tone: 'plain', icon: <CloseCircleOutlined /> },
};

export const VENDOR_STATES: readonly VendorState[] = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'rejected',
  'suspended',
  'ceased',
];

export function VendorStateTag({ state }: { readonly state: VendorState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`vendorState.${state}`)}
    </StateTag>
  );
}
