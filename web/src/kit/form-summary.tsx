import type { FormInstance } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import './form.css';
import { Note } from './note';

export interface FormFault {
  readonly name: string;
  readonly message: string;
}

interface FormSummaryProps {
  readonly form: FormInstance;
  readonly faults: readonly FormFault[];
}

/** What is still wrong with a form, above it; each line leads to its field. */
export function FormSummary({ form, faults }: FormSummaryProps) {
  const { t } = useTranslation();
  const summary = useRef<HTMLDivElement>(null);
  // What went wrong is read first, and from there each field is one key away.
  useEffect(() => {
    if (faults.length > 0) summary.current?.focus();
  }, [faults]);
  if (faults.length === 0) return null;
  return (
    <div className="form-summary" ref={summary} tabIndex={-1}>
      <Note tone="alarm" title={t('form.faults', { count: faults.length })}>
        <ul>
          {faults.map((fault) => (
            <li key={fault.name}>
              <button type="button" onClick={() => form.focusField(fault.name)}>
                {fault.message}
              </button>
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}
