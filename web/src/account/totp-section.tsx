import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmTotp, offerTotp, type OwnSecurity, removeTotp, type TotpOffer } from '../api/account';
import { formatInstant } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Dialog } from '../kit/dialog';
import { ProblemNote } from '../kit/problem-note';
import { Section } from '../kit/section';
import { useNotice } from '../kit/use-notice';
import { CodeField } from '../session/code-fields';
import { QrSymbol } from './qr-symbol';
import { useAccountAction, useEnrolment } from './use-account';
import { useOnce } from './use-once';

interface FactorSectionProps {
  readonly security: OwnSecurity;
  /** The first factor brings recovery codes. */
  readonly onCodes: (codes: readonly string[] | null) => void;
}

/** The app that shows codes. */
export function TotpSection({ security, onCodes }: FactorSectionProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [offer, setOffer] = useState<TotpOffer | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const ask = useOnce(offerTotp, setOffer, notice.problem);
  const isOn = security.totpSince !== null;
  return (
    <Section title={t('ownAccount.app')}>
      <p className="prose">
        {isOn ? t('ownAccount.appOn', { since: formatInstant(security.totpSince ?? '') }) : t('ownAccount.appOff')}
      </p>
      <div className="row">
        <Button type={isOn ? 'default' : 'primary'} loading={ask.isPending} onClick={() => ask.mutate(undefined)}>
          {t(isOn ? 'ownAccount.appReplace' : 'ownAccount.appSetUp')}
        </Button>
        {isOn && <Button onClick={() => setRemoving(true)}>{t('ownAccount.appRemove')}</Button>}
      </div>
      {offer && <TotpDialog offer={offer} onCodes={onCodes} onClose={() => setOffer(null)} />}
      {isRemoving && <RemoveTotpDialog security={security} onClose={() => setRemoving(false)} />}
    </Section>
  );
}

function TotpDialog({ offer, onCodes, onClose }: Pick<FactorSectionProps, 'onCodes'> & TotpDialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const confirm = useEnrolment(confirmTotp, t('ownAccount.appDone'), (codes) => {
    onClose();
    onCodes(codes);
  });
  const submit = ({ code }: { code: string }) => confirm.mutate(code, { onError: () => form.resetFields() });
  return (
    <Dialog title={t('ownAccount.appSetUp')} onClose={onClose}>
      <p>{t('ownAccount.appScan')}</p>
      <QrSymbol text={offer.uri} label={t('ownAccount.appSymbol')} />
      <p>
        {t('ownAccount.appType')} <strong className="totp-secret">{offer.secret}</strong>
      </p>
      {confirm.error && <ProblemNote error={confirm.error} />}
      <Form form={form} name="totp" layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={submit}>
        <CodeField way="totp" isFirst />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={confirm.isPending}>
            {t('ownAccount.appConfirm')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface TotpDialogProps {
  readonly offer: TotpOffer;
  readonly onClose: () => void;
}

function RemoveTotpDialog({ security, onClose }: { readonly security: OwnSecurity; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useAccountAction(removeTotp, () => t('ownAccount.appRemoved'), onClose);
  const isLast = security.passkeys.length === 0;
  return (
    <ConfirmDialog
      title={t('ownAccount.appRemove')}
      action={t('ownAccount.appRemove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined)}
      onClose={onClose}
    >
      <p>{t(isLast ? 'ownAccount.lastFactorGoes' : 'ownAccount.appGoes')}</p>
    </ConfirmDialog>
  );
}
