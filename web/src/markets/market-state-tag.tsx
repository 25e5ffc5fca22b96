import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import FlagFilled from '@ant-design/icons/FlagFilled';
import FormOutlined from '@ant-design/icons/FormOutlined';
import PauseCircleOutlined from '@ant-design/icons/PauseCircleOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MarketState } from '../api/types';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<MarketState, { tone: Tone; icon: ReactNode }> = {
  proposed: { tone: 'plain', icon: <FormOutlined /> },
  surveyed: { tone: 'plain', icon: <FormOutlined /> },
  planned: { tone: 'plain', icon: <ClockCircleOutlined /> },
  preparing: { tone: 'plain', icon: <ClockCircleOutlined /> },
  eligible: { tone: 'good', icon: <CheckCircleOutlined /> },
  scheduled: { tone: 'good', icon: <ClockCircleOutlined /> },
  launched: { tone: 'good', icon: <FlagFilled /> },
  operating: { tone: 'good', icon: <FlagFilled /> },
  suspended: { tone: 'attention', icon: <PauseCircleOutlined /> },
  withdrawn: { tone: 'attention', icon: <CloseCircleOutlined /> },
  closed: { tone: 'plain', icon: <CloseCircleOutlined /> },
};

/** Where a market stands on its way to going cashless. */
export function MarketStateTag({ state }: { readonly state: MarketState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`marketState.${state}`)}
    </StateTag>
  );
}
