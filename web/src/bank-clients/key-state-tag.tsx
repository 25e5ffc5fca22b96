import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import InboxOutlined from '@ant-design/icons/InboxOutlined';
import PauseCircleOutlined from '@ant-design/icons/PauseCircleOutlined';
import StopOutlined from '@ant-design/icons/StopOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankKeyState } from '../api/bank-clients';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<BankKeyState, { tone: Tone; icon: ReactNode }> = {
  to_collect: { tone: 'attention', icon: <InboxOutlined /> },
  active: { tone: 'good', icon: <CheckCircleOutlined /> },
  suspended: { tone: 'attention', icon: <PauseCircleOutlined /> },
  retired: { tone: 'plain', icon: <StopOutlined /> },
};

export function KeyStateTag({ state }: { readonly state: BankKeyState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`bankKey.state.${state}`)}
    </StateTag>
  );
}
