import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { IssuedBankKey } from '../api/bank-clients';
import { Dialog } from '../kit/dialog';
import { saveFile } from '../kit/download';
import { Note } from '../kit/note';
import { useNotice } from '../kit/use-notice';
import './bank-clients.css';

interface IssuedKeyDialogProps {
  readonly issued: IssuedBankKey;
  readonly onClose: () => void;
}

/** The only place where a new key's secret is ever seen: copied or saved here, or lost. */
export function IssuedKeyDialog({ issued, onClose }: IssuedKeyDialogProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const id = useId();
  const { keyId, alg } = issued;
  const secret = issued.secret ?? issued.privateKey;
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      notice.done(t('bankKey.copied'));
    } catch (error) {
      notice.problem(error);
    }
  };
  // As `bank key create` prints it and signers read it.
  const file = issued.secret ? { keyId, alg, secret } : { keyId, alg, privateKey: secret };
  return (
    <Dialog title={t('bankKey.issuedTitle')} onClose={onClose}>
      <Note tone={secret ? 'attention' : 'plain'}>
        <p>{t(secret ? 'bankKey.issuedText' : 'bankKey.registeredText')}</p>
      </Note>
      <div className="key-parts">
        <div>
          <label htmlFor={`${id}-id`}>
            {t('bankKey.id')} · {t(`bankKey.alg.${alg}`)}
          </label>
          <Input.TextArea id={`${id}-id`} readOnly value={keyId} rows={2} />
        </div>
        {secret && (
          <div>
            <label htmlFor={id}>{t(issued.secret ? 'bankKey.secret' : 'bankKey.privateKey')}</label>
            <Input.TextArea id={id} readOnly value={secret} rows={issued.secret ? 2 : 4} />
          </div>
        )}
      </div>
      <div className="dialog-actions">
        {secret && (
          <>
            <Button onClick={() => void copy(secret)}>{t('bankKey.copy')}</Button>
            <Button
              onClick={() =>
                saveFile(`${keyId}.json`, new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
              }
            >
              {t('bankKey.save')}
            </Button>
          </>
        )}
        <Button type="primary" onClick={onClose}>
          {t(secret ? 'bankKey.handedOver' : 'app.close')}
        </Button>
      </div>
    </Dialog>
  );
}
