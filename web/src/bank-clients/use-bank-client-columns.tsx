import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BankClientRow } from '../api/bank-clients';
import type { Column } from '../kit/data-table';
import { StateTag } from '../kit/state-tag';
import { TimeAgo } from '../kit/time-ago';
import { useAgreementText } from './use-agreement-text';

/** Columns of the list of institutions. */
export function useBankClientColumns(): Column<BankClientRow>[] {
  const { t } = useTranslation();
  const agreement = useAgreementText();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('bankClient.institution'),
        rowHeader: true,
        render: (row) => (
          <>
            <Link to={`/bank-clients/${row.bin}`}>{row.shortName}</Link>{' '}
            {row.pendingApprovalId && (
              <StateTag tone="attention" icon={<ClockCircleOutlined />}>
                {t('bankClient.waiting')}
              </StateTag>
            )}
          </>
        ),
      },
      { key: 'bin', title: t('bankClient.bin'), render: (row) => <span className="code">{row.bin}</span> },
      { key: 'agreement', title: t('bankClient.agreement'), render: agreement },
      { key: 'live', title: t('bankClient.liveKeys'), numeric: true, render: (row) => row.liveKeys },
      { key: 'test', title: t('bankClient.testKeys'), numeric: true, render: (row) => row.testKeys },
      {
        key: 'used',
        title: t('bankClient.lastUsed'),
        render: (row) => (row.lastUsedAt ? <TimeAgo instant={row.lastUsedAt} /> : t('bankClient.never')),
      },
    ],
    [t, agreement],
  );
}
