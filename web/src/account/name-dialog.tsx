import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../kit/dialog';
import { ProblemNote } from '../kit/problem-note';
import { isGivenUp } from '../session/passkeys';

interface NameDialogProps {
  readonly title: string;
  readonly lead?: string;
  readonly name?: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

const MAX_LENGTH = 60;

/** What a device is called in one's own list. */
export function NameDialog({ title, lead, name = '', action, busy, error, onName, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      {lead && <p>{lead}</p>}
      {error && !isGivenUp(error) ? <ProblemNote error={error} /> : null}
      <Form
        name="device"
        layout="vertical"
        requiredMark={false}
        initialValues={{ name }}
        onFinish={(fields: { name: string }) => onName(fields.name.trim())}
      >
        <Form.Item
          name="name"
          label={t('ownAccount.deviceName')}
          extra={t('ownAccount.deviceNameHelp')}
          rules={[{ required: true, whitespace: true, message: t('form.required') }]}
        >
          <Input maxLength={MAX_LENGTH} autoFocus />
        </Form.Item>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {action}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
