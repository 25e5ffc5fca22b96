import { Button, Form } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { Note } from '../kit/note';
import { ProblemNote } from '../kit/problem-note';
import { EntryFrame } from './entry-frame';
import { isSecondFactorOwed, SECOND_STEP_PATH } from './sign-in-step';
import { useActivation } from './use-session';
import { NewPasswordFields } from './new-password-fields';

interface ActivationFields {
  password: string;
  again: string;
}

/** First sign-in by a one-time link. Its secret stands behind `#`: it is never sent as part of an address. */
export function ActivationPage() {
  const { t } = useTranslation();
  const token = useLocation().hash.replace(/^#/, '');
  useEffect(() => {
    document.title = `${t('session.activateTitle')} · ${t('app.name')}`;
  }, [t]);
  return (
    <EntryFrame title={t('session.activateTitle')} lead={t('session.activateLead')}>
      {token ? (
        <ActivationForm token={token} />
      ) : (
        <Note tone="attention" title={t('session.noToken')}>
          <p>{t('session.noTokenDetail')}</p>
          <Link to="/sign-in">{t('session.toSignIn')}</Link>
        </Note>
      )}
    </EntryFrame>
  );
}

function ActivationForm({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const activation = useActivation();
  const finish = ({ password }: ActivationFields) =>
    activation.mutate(
      { token, password },
      {
        onSuccess: () => void navigate('/', { replace: true }),
        onError: (error) => isSecondFactorOwed(error) && void navigate(SECOND_STEP_PATH, { replace: true }),
      },
    );
  return (
    <>
      {activation.error && <ProblemNote error={activation.error} />}
      <Form<ActivationFields> layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={finish}>
        <NewPasswordFields size="large" />
        <Button type="primary" htmlType="submit" size="large" block loading={activation.isPending}>
          {t('session.activate')}
        </Button>
      </Form>
    </>
  );
}
