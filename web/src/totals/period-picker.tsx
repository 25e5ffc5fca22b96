import { DatePicker, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { monthOf } from '../format/day';
import { modeOf, type Period, type PeriodMode, switchMode } from './period.rules';

interface PeriodPickerProps {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
}

const MODES: readonly PeriodMode[] = ['day', 'month', 'range'];

/** A day, a month, or from–to. */
export function PeriodPicker({ period, onChange }: PeriodPickerProps) {
  const { t } = useTranslation();
  const mode = modeOf(period);
  return (
    <div className="row no-print" role="group" aria-label={t('period.label')}>
      <Segmented
        name="period-mode"
        value={mode}
        options={MODES.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(value) => onChange(switchMode(value, period))}
      />
      {mode === 'range' ? (
        <RangeField period={period} onChange={onChange} />
      ) : (
        <DatePicker
          aria-label={t('period.label')}
          allowClear={false}
          picker={mode === 'month' ? 'month' : 'date'}
          format={mode === 'month' ? 'MM/YYYY' : 'DD/MM/YYYY'}
          value={dayjs(period.to)}
          onChange={(value) => value && onChange(periodOf(mode, textOf(dayjs(value))))}
        />
      )}
    </div>
  );
}

function RangeField({ period, onChange }: PeriodPickerProps) {
  const { t } = useTranslation();
  return (
    <DatePicker.RangePicker
      allowClear={false}
      format="DD/MM/YYYY"
      placeholder={[t('period.from'), t('period.to')]}
      value={[dayjs(period.from), dayjs(period.to)]}
      onChange={(range) => {
        const [from, to] = range ?? [];
        if (from && to) onChange({ from: textOf(from), to: textOf(to) });
      }}
    />
  );
}

function periodOf(mode: PeriodMode, day: string): Period {
  return mode === 'month' ? monthOf(day) : { from: day, to: day };
}

function textOf(value: Dayjs): string {
  return value.format('YYYY-MM-DD');
}
