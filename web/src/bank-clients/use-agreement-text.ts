import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankClient } from '../api/bank-clients';
import { formatDay } from '../format/day';

/** From when to when an institution is expected to report. */
export function useAgreementText() {
  const { t } = useTranslation();
  return useCallback(
    ({ agreedFrom, agreedTo }: Pick<BankClient, 'agreedFrom' | 'agreedTo'>): string => {
      if (!agreedFrom) return t('bankClient.noAgreement');
      const from = formatDay(agreedFrom);
      return agreedTo
        ? t('bankClient.agreedBetween', { from, to: formatDay(agreedTo) })
        : t('bankClient.agreedFrom', { from });
    },
    [t],
  );
}
