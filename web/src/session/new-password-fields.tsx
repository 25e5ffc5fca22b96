import { Form, Input } from 'antd';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

interface NewPasswordFieldsProps {
  readonly size?: ComponentProps<typeof Input.Password>['size'];
}

/** The fields `password` and `again`; the rules that need the server (deny-list) are its own. */
export function NewPasswordFields({ size }: NewPasswordFieldsProps) {
  const { t } = useTranslation();
  const required = { required: true, message: t('form.required') };
  const length = { min: MIN_LENGTH, max: MAX_LENGTH };
  return (
    <>
      <Form.Item
        name="password"
        label={t('session.newPassword')}
        extra={t('session.passwordHelp', { min: MIN_LENGTH })}
        rules={[required, { ...length, message: t('session.passwordLength', length) }]}
      >
        <Input.Password autoComplete="new-password" size={size} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('session.passwordAgain')}
        dependencies={['password']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('session.passwordsDiffer'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" size={size} />
      </Form.Item>
    </>
  );
}
