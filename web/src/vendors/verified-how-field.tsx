import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VerifiedHow } from '../api/types';

const WAYS: readonly VerifiedHow[] = ['bank_reply', 'test_transfer', 'app_scan', 'paper'];

interface VerifiedHowFieldProps {
  readonly value: VerifiedHow;
  readonly onChange: (how: VerifiedHow) => void;
}

/** How somebody made sure that an account is the right one. */
export function VerifiedHowField({ value, onChange }: VerifiedHowFieldProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      vertical
      aria-label={t('card.how')}
      value={value}
      onChange={(event) => onChange(event.target.value as VerifiedHow)}
      options={WAYS.map((way) => ({ value: way, label: t(`verifiedHow.${way}`) }))}
    />
  );
}
