import CheckOutlined from '@ant-design/icons/CheckOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface CardStepProps {
  readonly no: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One step on the way from the register to a printed card. */
export function CardStep({ no, title, isDone, action, children }: CardStepProps) {
  const { t } = useTranslation();
  return (
    <li className={isDone ? 'card-step is-done' : 'card-step'}>
      <span className="step-no" aria-hidden>
        {isDone ? <CheckOutlined /> : no}
      </span>
      <div className="step-body">
        <h2>
          {title}
          {isDone && <span className="visually-hidden"> ({t('card.stepDone')})</span>}
        </h2>
        {children}
      </div>
      {action && <div className="step-action no-print">{action}</div>}
    </li>
  );
}
