import { useTranslation } from 'react-i18next';
import { DayField } from './day-field';

interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

interface DayRangeProps extends Range {
  readonly id?: string;
  readonly onChange: (range: Range) => void;
  readonly isRequired?: boolean;
  /** Opens at once: somebody has just asked for it. */
  readonly isOpen?: boolean;
}

/**
 * From–to as two fields for days. Ant Design's own field for a range keeps the Tab key while
 * it is empty. The other end follows: both are there or none, and never the wrong way round.
 */
export function DayRange({ id, from, to, onChange, isRequired, isOpen }: DayRangeProps) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <DayField
        id={id}
        aria-label={t('period.from')}
        placeholder={t('period.from')}
        value={from}
        isRequired={isRequired}
        isOpen={isOpen}
        onChange={(day) => onChange({ from: day, to: day && to && to > day ? to : day })}
      />
      <DayField
        aria-label={t('period.to')}
        placeholder={t('period.to')}
        value={to}
        isRequired={isRequired}
        onChange={(day) => onChange({ from: day && from && from < day ? from : day, to: day })}
      />
    </span>
  );
}
