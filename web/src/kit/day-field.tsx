import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface DayFieldProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (day: string | undefined) => void;
  readonly placeholder?: string;
  readonly 'aria-label'?: string;
  /** Cannot be emptied. */
  readonly isRequired?: boolean;
  /** Opens at once. */
  readonly isOpen?: boolean;
}

/** A day as dd/mm/yyyy on screen and as text in data: no instant, no time zone. */
export function DayField({ id, value, onChange, placeholder, isRequired, isOpen, ...rest }: DayFieldProps) {
  return (
    <DatePicker
      id={id}
      aria-label={rest['aria-label']}
      placeholder={placeholder}
      allowClear={!isRequired}
      autoFocus={isOpen}
      defaultOpen={isOpen}
      format={['DD/MM/YYYY', 'D/M/YYYY', 'DDMMYYYY']}
      value={value ? dayjs(value) : null}
      onChange={(chosen) => onChange?.(chosen ? dayjs(chosen).format('YYYY-MM-DD') : undefined)}
    />
  );
}
