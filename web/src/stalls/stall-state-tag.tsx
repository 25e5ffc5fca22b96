import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import MinusCircleOutlined from '@ant-design/icons/MinusCircleOutlined';
import PauseCircleOutlined from '@ant-design/icons/PauseCircleOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StallState } from '../api/types';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<StallState, { tone: Tone; icon: ReactNode }> = {
  operating: { tone: 'good', icon: <CheckCircleOutlined /> },
  paused: { tone: 'attention', icon: <PauseCircleOutlined /> },
  vacant: { tone: 'plain', icon: <MinusCircleOutlined /> },
  closed: { tone: 'plain', icon: <CloseCircleOutlined /> },
};

export const STALL_STATES: readonly StallState[] = ['operating', 'paused', 'vacant', 'closed'];

export function StallStateTag({ state }: { readonly state: StallState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`stallState.${state}`)}
    </StateTag>
  );
}
