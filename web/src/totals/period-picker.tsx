import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPeriod } from '../format/day';
import { modeOf, type Period, type PeriodMode, switchMode } from './period.rules';

interface PeriodPickerProps {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
}

const MODES: readonly PeriodMode[] = ['day', 'month', 'range'];

/** The calendar is a tenth of the first load: it comes when somebody wants another period. */
const PeriodDateField = lazy(async () => ({ default: (await import('./period-date-field')).PeriodDateField }));

/** A day, a month, or from–to. */
export function PeriodPicker({ period, onChange }: PeriodPickerProps) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const mode = modeOf(period);
  const shown =
    mode === 'month' ? `${period.from.slice(5, 7)}/${period.from.slice(0, 4)}` : formatPeriod(period.from, period.to);
  const button = (
    <Button icon={<CalendarOutlined />} loading={isAsked} onClick={() => setAsked(true)}>
      <span className="visually-hidden">{t('period.change')}</span>
      {shown}
    </Button>
  );
  return (
    <div className="row no-print" role="group" aria-label={t('period.label')}>
      <Segmented
        name="period-mode"
        value={mode}
        options={MODES.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(value) => {
          setAsked(false);
          onChange(switchMode(value, period));
        }}
      />
      {isAsked ? (
        <Suspense fallback={button}>
          <PeriodDateField mode={mode} period={period} onChange={onChange} />
        </Suspense>
      ) : (
        button
      )}
    </div>
  );
}
