import { Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { ProblemNote } from '../kit/problem-note';
import { EntryFrame } from './entry-frame';
import { canUsePasskeys, isGivenUp } from './passkeys';
import { IdentityService } from './identity-service';
import { safeReturnPath } from './return-path';
import { SecondStep } from './second-step';
import { isSecondFactorOwed, SECOND_FACTOR, STEP, withStep } from './sign-in-step';
import { usePasskeySignIn, useSession, useSignIn } from './use-session';

interface SignInFields {
  email: string;
  password: string;
}

/** The door, in one step or two; afterwards one is where one wanted to go. */
export function SignInPage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const session = useSession();
  const isSecondStep = parameters.get(STEP) === SECOND_FACTOR;
  useEffect(() => {
    document.title = `${t('session.signInTitle')} · ${t('app.name')}`;
  }, [t]);
  const goToStep = (step: string | null) => setParameters(withStep(parameters, step), { replace: true });
  if (session.data) return <Navigate to={safeReturnPath(parameters.get('from'))} replace />;
  if (isSecondStep) {
    return (
      <EntryFrame title={t('secondStep.title')} lead={t('secondStep.lead')}>
        <SecondStep onRestart={() => goToStep(null)} />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t('session.signInTitle')} lead={t('session.signInLead')}>
      <PasswordStep onSecondStep={() => goToStep(SECOND_FACTOR)} />
      <IdentityService />
      <p className="soft">{t('session.noAccount')}</p>
    </EntryFrame>
  );
}

function PasswordStep({ onSecondStep }: { readonly onSecondStep: () => void }) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const passkey = usePasskeySignIn();
  const error = signIn.error ?? (isGivenUp(passkey.error) ? null : passkey.error);
  const submit = (fields: SignInFields) =>
    signIn.mutate(fields, { onError: (refusal) => isSecondFactorOwed(refusal) && onSecondStep() });
  return (
    <>
      {error && !isSecondFactorOwed(error) && <ProblemNote error={error} title={t('session.failed')} />}
      <Form<SignInFields> layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={submit}>
        <Form.Item name="email" label={t('session.email')} rules={[{ required: true, message: t('form.required') }]}>
          <Input type="email" autoComplete="username" inputMode="email" size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('session.password')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </Form>
      {canUsePasskeys() && (
        <Button size="large" block loading={passkey.isPending} onClick={() => passkey.mutate(undefined)}>
          {t('secondStep.signInByPasskey')}
        </Button>
      )}
    </>
  );
}
