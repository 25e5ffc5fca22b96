import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../kit/dialog';
import { saveFile } from '../kit/download';

interface RecoveryCodesDialogProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** Shown once: whoever closes this without having kept them makes new ones. */
export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  const { t } = useTranslation();
  const text = [t('ownAccount.recoveryFileHead'), '', ...codes].join('\r\n');
  const save = () => saveFile(t('ownAccount.recoveryFile'), new Blob([text], { type: 'text/plain;charset=utf-8' }));
  return (
    <Dialog title={t('ownAccount.recoveryTitle')} onClose={onClose}>
      <p>{t('ownAccount.recoveryKeep')}</p>
      <ul className="recovery-codes" aria-label={t('ownAccount.recovery')}>
        {codes.map((code) => (
          <li key={code} className="code">
            {code}
          </li>
        ))}
      </ul>
      <div className="dialog-actions">
        <Button onClick={save}>{t('ownAccount.recoverySave')}</Button>
        <Button type="primary" onClick={onClose}>
          {t('ownAccount.recoveryKept')}
        </Button>
      </div>
    </Dialog>
  );
}
