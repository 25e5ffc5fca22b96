import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';
import { ProblemNote } from './problem-note';

interface ConfirmDialogProps {
  readonly title: string;
  /** In a sentence: what will happen, and to how many. */
  readonly children: ReactNode;
  readonly action: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once more before something that is not easily undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      {props.children}
      {props.error ? <ProblemNote error={props.error} /> : null}
      <div className="dialog-actions">
        <Button onClick={props.onClose}>{t('app.cancel')}</Button>
        <Button type="primary" danger={props.danger} loading={props.busy} onClick={props.onConfirm}>
          {props.action}
        </Button>
      </div>
    </Dialog>
  );
}
