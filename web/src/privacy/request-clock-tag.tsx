import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import ExclamationCircleOutlined from '@ant-design/icons/ExclamationCircleOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataRequest } from '../api/privacy';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<DataRequest['clock'], { tone: Tone; icon: ReactNode }> = {
  in_time: { tone: 'plain', icon: <ClockCircleOutlined /> },
  due_today: { tone: 'attention', icon: <ClockCircleOutlined /> },
  overdue: { tone: 'alarm', icon: <ExclamationCircleOutlined /> },
  answered_in_time: { tone: 'good', icon: <CheckCircleOutlined /> },
  answered_late: { tone: 'attention', icon: <ExclamationCircleOutlined /> },
};

/** How a request stands to its two working days, in a word and a colour. */
export function RequestClockTag({ request }: { readonly request: DataRequest }) {
  const { t } = useTranslation();
  return (
    <StateTag {...LOOK[request.clock]}>
      {t(`privacy.clock.${request.clock}`, { count: request.workingDaysLeft ?? 0 })}
    </StateTag>
  );
}
