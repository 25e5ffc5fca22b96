import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import QuestionCircleOutlined from '@ant-design/icons/QuestionCircleOutlined';
import ShopOutlined from '@ant-design/icons/ShopOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmissionLineItem } from '../api/types';
import { StateTag, type Tone } from '../kit/state-tag';

const LOOK: Record<SubmissionLineItem['status'], { tone: Tone; icon: ReactNode }> = {
  attributed: { tone: 'good', icon: <CheckCircleOutlined /> },
  market_only: { tone: 'plain', icon: <ShopOutlined /> },
  suspense: { tone: 'attention', icon: <QuestionCircleOutlined /> },
};

export function LineStatusTag({ status }: { readonly status: SubmissionLineItem['status'] }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOK[status];
  return (
    <StateTag tone={tone} icon={icon}>
      {t(`lineStatus.${status}`)}
    </StateTag>
  );
}
