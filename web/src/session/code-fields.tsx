import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

export type CodeWay = 'totp' | 'recovery_code';

interface CodeFieldProps {
  readonly way: CodeWay;
  /** Where one starts typing. */
  readonly isFirst?: boolean;
}

/** The field for a code, of the app or from paper. Phones show digits and offer what the app has copied. */
export function CodeField({ way, isFirst }: CodeFieldProps) {
  const { t } = useTranslation();
  const isApp = way === 'totp';
  return (
    <Form.Item
      key={way}
      name="code"
      label={t(isApp ? 'secondStep.appCode' : 'secondStep.recoveryCode')}
      extra={t(isApp ? 'secondStep.appCodeHelp' : 'secondStep.recoveryCodeHelp')}
      rules={[
        { required: true, message: t('form.required') },
        ...(isApp ? [{ pattern: /^\s*(\d\s*){6}$/, message: t('secondStep.sixDigits') }] : []),
      ]}
    >
      <Input
        size="large"
        autoFocus={isFirst}
        autoComplete="one-time-code"
        inputMode={isApp ? 'numeric' : 'text'}
        autoCapitalize="characters"
        spellCheck={false}
      />
    </Form.Item>
  );
}

interface OtherWayProps {
  readonly way: CodeWay;
  readonly onChange: (way: CodeWay) => void;
}

/** From the app to the paper and back. */
export function OtherCodeWay({ way, onChange }: OtherWayProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className="text-button" onClick={() => onChange(way === 'totp' ? 'recovery_code' : 'totp')}>
      {t(way === 'totp' ? 'secondStep.useRecoveryCode' : 'secondStep.useApp')}
    </button>
  );
}
