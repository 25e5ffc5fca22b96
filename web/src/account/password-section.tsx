import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../api/account';
import { FormSummary } from '../kit/form-summary';
import { Section } from '../kit/section';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';
import { useKeepSession } from '../session/use-session';
import { useAccountAction } from './use-account';
import { NewPasswordFields } from '../session/new-password-fields';

interface PasswordFields {
  currentPassword: string;
  password: string;
  again: string;
}

/** A new password needs the present one, and ends every other session. */
export function PasswordSection() {
  const { t } = useTranslation();
  const [form] = Form.useForm<PasswordFields>();
  const keep = useKeepSession();
  const change = useAccountAction(
    changePassword,
    () => t('ownAccount.passwordChanged'),
    (session) => {
      keep(session);
      form.resetFields();
    },
  );
  const labels: Record<string, string> = {
    currentPassword: t('ownAccount.currentPassword'),
    password: t('session.newPassword'),
  };
  const { faults, onFinishFailed, clear } = useFormFaults(form, change.error, (name) => labels[name] ?? null);
  const submit = ({ currentPassword, password }: PasswordFields) => {
    clear();
    change.mutate({ currentPassword, password });
  };
  return (
    <Section title={t('ownAccount.password')}>
      <p className="prose form-lead">{t('ownAccount.passwordLead')}</p>
      <FormSummary form={form} faults={faults} />
      {change.error && faults.length === 0 && <ProblemNote error={change.error} />}
      <Form
        form={form}
        name="own-password"
        className="form"
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={submit}
        onFinishFailed={onFinishFailed}
      >
        <Form.Item
          name="currentPassword"
          label={t('ownAccount.currentPassword')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <NewPasswordFields />
        <Button htmlType="submit" loading={change.isPending}>
          {t('ownAccount.passwordChange')}
        </Button>
      </Form>
    </Section>
  );
}
