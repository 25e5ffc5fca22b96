import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface DayRangeFieldProps {
  readonly label: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** From–to as days; either both or none. */
export function DayRangeField({ label, from, to, onChange }: DayRangeFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <DatePicker.RangePicker
        id={{ start: id, end: `${id}-end` }}
        format="DD/MM/YYYY"
        placeholder={[t('period.from'), t('period.to')]}
        value={from && to ? [dayjs(from), dayjs(to)] : null}
        onChange={(range) => onChange({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })}
      />
    </label>
  );
}
