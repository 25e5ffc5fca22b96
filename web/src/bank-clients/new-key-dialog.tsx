import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type BankEnvironment, createTestKey, type IssuedBankKey, requestLiveKey } from '../api/bank-clients';
import { Dialog } from '../kit/dialog';
import { ProblemNote } from '../kit/problem-note';
import { useNotice } from '../kit/use-notice';
import { useBankClientAction } from './use-bank-client-action';

interface NewKeyDialogProps {
  readonly bin: string;
  readonly environment: BankEnvironment;
  /** The institution has a key: the new one is to follow it. */
  readonly isRotation: boolean;
  readonly onIssued: (key: IssuedBankKey) => void;
  readonly onClose: () => void;
}

interface Wish {
  readonly source: 'hmac' | 'own' | 'pair';
  readonly publicKey?: string;
  readonly reason?: string;
}

/** A test key is made at once; a live one is asked for. */
export function NewKeyDialog({ bin, environment, isRotation, onIssued, onClose }: NewKeyDialogProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [form] = Form.useForm<Wish>();
  const source = Form.useWatch('source', form);
  const isLive = environment === 'live';
  const send = useBankClientAction(
    (wish: Wish) => sendWish(bin, environment, wish),
    (issued) => {
      if (issued) return onIssued(issued);
      onClose();
      notice.done(t('bankKey.asked'));
    },
  );
  const required = { required: true, whitespace: true, message: t('form.required') };
  return (
    <Dialog title={t(isRotation ? `bankKey.rotate.${environment}` : `bankKey.create.${environment}`)} onClose={onClose}>
      {isRotation && <p>{t('bankKey.rotateText')}</p>}
      {send.error && <ProblemNote error={send.error} kept={t('form.kept')} />}
      <Form<Wish>
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ source: 'hmac' }}
        onFinish={(wish) => send.mutate(wish)}
      >
        <Form.Item name="source" label={t('bankKey.source')}>
          <Radio.Group
            vertical
            options={(['hmac', 'own', 'pair'] as const).map((value) => ({ value, label: t(`bankKey.${value}`) }))}
          />
        </Form.Item>
        {source === 'own' && (
          <Form.Item
            name="publicKey"
            label={t('bankKey.publicKey')}
            extra={t('bankKey.publicKeyHelp')}
            rules={[required]}
          >
            <Input.TextArea rows={4} maxLength={4_000} autoComplete="off" spellCheck={false} />
          </Form.Item>
        )}
        {isLive && (
          <Form.Item name="reason" label={t('bankKey.reason')} rules={[required]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t(isLive ? 'bankKey.ask' : 'bankKey.create.test')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** The new key; null for one that was asked for. */
async function sendWish(bin: string, environment: BankEnvironment, wish: Wish): Promise<IssuedBankKey | null> {
  const { source, publicKey, reason = '' } = wish;
  const key = {
    alg: source === 'hmac' ? ('hmac-sha256' as const) : ('ed25519' as const),
    ...(source === 'own' && { publicKey }),
  };
  if (environment === 'test') return createTestKey(bin, key);
  await requestLiveKey(bin, { ...key, reason });
  return null;
}
