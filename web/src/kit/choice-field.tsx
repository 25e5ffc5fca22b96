import { Select } from 'antd';
import { useId } from 'react';

interface ChoiceFieldProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly { value: string; label: string }[];
  readonly onChange: (value: string | undefined) => void;
  readonly width?: number;
  readonly searchable?: boolean;
}

/** One of a few values, or all of them. */
export function ChoiceField({ label, all, value, options, onChange, width = 190, searchable }: ChoiceFieldProps) {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <Select
        id={id}
        aria-label={label}
        style={{ minWidth: width }}
        value={value ?? ''}
        options={[{ value: '', label: all }, ...options]}
        onChange={(chosen) => onChange(chosen || undefined)}
        showSearch={searchable ? { optionFilterProp: 'label' } : false}
        popupMatchSelectWidth={false}
      />
    </label>
  );
}
