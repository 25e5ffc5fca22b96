import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import MailOutlined from '@ant-design/icons/MailOutlined';
import StopOutlined from '@ant-design/icons/StopOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonState } from '../api/people';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<PersonState, { tone: Tone; icon: ReactNode }> = {
  requested: { tone: 'attention', icon: <ClockCircleOutlined /> },
  invited: { tone: 'plain', icon: <MailOutlined /> },
  active: { tone: 'good', icon: <CheckCircleOutlined /> },
  disabled: { tone: 'alarm', icon: <StopOutlined /> },
};

export const PERSON_STATES: readonly PersonState[] = ['active', 'invited', 'requested', 'disabled'];

export function PersonStateTag({ state }: { readonly state: PersonState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[state];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`people.states.${state}`)}
    </StateTag>
  );
}
