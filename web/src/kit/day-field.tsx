import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface DayFieldProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (day: string | undefined) => void;
  readonly 'aria-label'?: string;
}

/** A day as dd/mm/yyyy on screen and as text in data: no instant, no time zone. */
export function DayField({ id, value, onChange, ...rest }: DayFieldProps) {
  return (
    <DatePicker
      id={id}
      aria-label={rest['aria-label']}
      format={['DD/MM/YYYY', 'D/M/YYYY', 'DDMMYYYY']}
      value={value ? dayjs(value) : null}
      onChange={(chosen) => onChange?.(chosen ? dayjs(chosen).format('YYYY-MM-DD') : undefined)}
    />
  );
}
