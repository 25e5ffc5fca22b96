import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import SwapOutlined from '@ant-design/icons/SwapOutlined';
import SyncOutlined from '@ant-design/icons/SyncOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmissionState } from '../api/types';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<SubmissionState, { tone: Tone; icon: ReactNode }> = {
  RECEIVED: { tone: 'plain', icon: <ClockCircleOutlined /> },
  PROCESSING: { tone: 'plain', icon: <SyncOutlined /> },
  ACCEPTED: { tone: 'good', icon: <CheckCircleOutlined /> },
  REJECTED: { tone: 'alarm', icon: <CloseCircleOutlined /> },
  SUPERSEDED: { tone: 'plain', icon: <SwapOutlined /> },
};

export const SUBMISSION_STATES: readonly SubmissionState[] = [
  'RECEIVED',
  'PROCESSING',
  'ACCEPTED',
  'REJECTED',
  'SUPERSEDED',
];

export function SubmissionStateTag({ state }: { readonly state: SubmissionState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`submissionState.${state}`)}
    </StateTag>
  );
}
