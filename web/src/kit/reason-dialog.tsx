import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from './confirm-dialog';

interface ReasonDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  readonly danger?: boolean;
  /** Characters at least, where the server asks for more than a word. */
  readonly least?: number;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

const MAX_LENGTH = 500;

/** Asks for the reason that will stand in the record. */
export function ReasonDialog({ children, least = 1, onConfirm, ...dialog }: ReasonDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const confirm = () => {
    const text = reason.trim();
    const isTooShort = text.length < least;
    setMissing(isTooShort);
    if (!isTooShort) onConfirm(text);
  };
  return (
    <ConfirmDialog {...dialog} onConfirm={confirm}>
      {children}
      <div>
        <label htmlFor={id}>{t('form.reason')}</label>
        <Input.TextArea
          id={id}
          value={reason}
          maxLength={MAX_LENGTH}
          rows={3}
          status={isMissing ? 'error' : undefined}
          aria-invalid={isMissing}
          aria-describedby={isMissing ? `${id}-fault` : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        {isMissing && (
          <p id={`${id}-fault`} className="field-fault" role="alert">
            {least > 1 ? t('form.reasonLeast', { least }) : t('form.required')}
          </p>
        )}
      </div>
    </ConfirmDialog>
  );
}
