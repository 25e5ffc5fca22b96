import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import WarningOutlined from '@ant-design/icons/WarningOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StallAccount } from '../api/types';
import { StateTag } from '../kit/state-tag';
import './account-cell.css';

/** Where a stall's takings go, whether somebody has checked it, and what a person should look at. */
export function AccountCell({
  account,
  number = <span className="code">{account.accountMasked}</span>,
}: {
  readonly account: Pick<StallAccount, 'bankName' | 'accountMasked' | 'verified' | 'attention'>;
  /** Where the number can be shown in full. */
  readonly number?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <span className="account-cell">
      <span className="nowrap">
        {account.bankName} {number}
      </span>
      {account.verified ? (
        <StateTag tone="good" icon={<CheckCircleOutlined />}>
          {t('account.verified')}
        </StateTag>
      ) : (
        <StateTag tone="attention" icon={<ClockCircleOutlined />}>
          {t('account.unverified')}
        </StateTag>
      )}
      {account.attention.map((mark) => (
        <span key={mark} className="account-mark">
          <WarningOutlined aria-hidden />{' '}
          {t(`attentionMark.${mark}` as 'attentionMark.holder_other_person', { defaultValue: mark })}
        </span>
      ))}
    </span>
  );
}
