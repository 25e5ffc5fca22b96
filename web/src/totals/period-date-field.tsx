import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { monthOf } from '../format/day';
import { DayRange } from '../kit/day-range';
import type { Period, PeriodMode } from './period.rules';

interface PeriodDateFieldProps {
  readonly mode: PeriodMode;
  readonly period: Period;
  readonly onChange: (period: Period) => void;
}

/** The calendar of a period, open as soon as it is there: somebody has just asked for it. */
export function PeriodDateField({ mode, period, onChange }: PeriodDateFieldProps) {
  const { t } = useTranslation();
  if (mode === 'range') {
    return (
      <DayRange
        isOpen
        isRequired
        {...period}
        onChange={({ from, to }) => {
          if (from && to) onChange({ from, to });
        }}
      />
    );
  }
  return (
    <DatePicker
      autoFocus
      defaultOpen
      aria-label={t('period.label')}
      allowClear={false}
      picker={mode === 'month' ? 'month' : 'date'}
      format={mode === 'month' ? 'MM/YYYY' : 'DD/MM/YYYY'}
      value={dayjs(period.to)}
      onChange={(value) => value && onChange(periodOf(mode, textOf(dayjs(value))))}
    />
  );
}

function periodOf(mode: PeriodMode, day: string): Period {
  return mode === 'month' ? monthOf(day) : { from: day, to: day };
}

function textOf(value: Dayjs): string {
  return value.format('YYYY-MM-DD');
}
