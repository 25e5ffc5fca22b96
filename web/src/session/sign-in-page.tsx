import { Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { ProblemNote } from '../kit/problem-note';
import { EntryFrame } from './entry-frame';
import { safeReturnPath } from './return-path';
import { useSession, useSignIn } from './use-session';

interface SignInFields {
  email: string;
  password: string;
}

/** The door; afterwards one is where one wanted to go. */
export function SignInPage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const session = useSession();
  const signIn = useSignIn();
  useEffect(() => {
    document.title = `${t('session.signInTitle')} · ${t('app.name')}`;
  }, [t]);
  if (session.data) return <Navigate to={safeReturnPath(parameters.get('from'))} replace />;
  return (
    <EntryFrame title={t('session.signInTitle')} lead={t('session.signInLead')}>
      {signIn.error && <ProblemNote error={signIn.error} title={t('session.failed')} />}
      <Form<SignInFields>
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={(fields) => signIn.mutate(fields)}
      >
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
      <p className="soft">{t('session.noAccount')}</p>
    </EntryFrame>
  );
}
