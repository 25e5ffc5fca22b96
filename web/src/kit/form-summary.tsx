import type { FormInstance } from 'antd';
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
  if (faults.length === 0) return null;
  return (
    <div className="form-summary">
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
