import { useId } from 'react';
import { DayRange } from './day-range';

interface DayRangeFieldProps {
  readonly label: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** A labelled period; either both ends or none. */
export function DayRangeField({ label, ...range }: DayRangeFieldProps) {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <DayRange id={id} {...range} />
    </label>
  );
}
