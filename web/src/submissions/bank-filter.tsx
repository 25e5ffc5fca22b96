import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listBanks } from '../api/submissions';
import { ChoiceField } from '../kit/choice-field';

interface BankFilterProps {
  readonly value: string | undefined;
  readonly onChange: (bin: string | undefined) => void;
}

/** One of the institutions that report here. */
export function BankFilter({ value, onChange }: BankFilterProps) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['banks'], queryFn: listBanks, staleTime: 60 * 60_000 });
  const banks = query.data?.items.filter((bank) => bank.reporting || bank.bin === value) ?? [];
  return (
    <ChoiceField
      label={t('submission.bank')}
      all={t('list.all')}
      value={value}
      searchable
      options={banks.map((bank) => ({ value: bank.bin, label: bank.shortName }))}
      onChange={onChange}
    />
  );
}
