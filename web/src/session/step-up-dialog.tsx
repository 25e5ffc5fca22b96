import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readStepUpWays, type StepUpProof } from '../api/access';
import type { StepUpWays } from '../api/generated/types.gen';
import { Dialog } from '../kit/dialog';
import { ProblemNote } from '../kit/problem-note';
import { QueryView } from '../kit/query-view';
import { CodeField, type CodeWay, OtherCodeWay } from './code-fields';
import { answerByPasskey, canUsePasskeys, isGivenUp } from './passkeys';
import { useStepUp } from './use-session';

interface StepUpDialogProps {
  readonly onProven: () => void;
  readonly onClose: () => void;
}

/** Asks who sits here, before something that is not easily undone. */
export function StepUpDialog({ onProven, onClose }: StepUpDialogProps) {
  const { t } = useTranslation();
  const ways = useQuery({ queryKey: ['step-up'], queryFn: readStepUpWays, gcTime: 0, staleTime: 0 });
  return (
    <Dialog title={t('stepUp.title')} onClose={onClose}>
      <p>{t('stepUp.lead')}</p>
      <QueryView query={ways} lines={3}>
        {(known) => <StepUpForm ways={known} onProven={onProven} onClose={onClose} />}
      </QueryView>
    </Dialog>
  );
}

interface Fields {
  readonly password: string;
  readonly code?: string;
}

function StepUpForm({ ways, onProven, onClose }: StepUpDialogProps & { readonly ways: StepUpWays }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [codeWay, setCodeWay] = useState<CodeWay>(ways.totp ? 'totp' : 'recovery_code');
  const stepUp = useStepUp();
  const passkey = useMutation({
    mutationFn: async () => {
      if (!ways.passkey) return;
      await stepUp.mutateAsync({ way: 'passkey', assertion: await answerByPasskey(ways.passkey) });
      onProven();
    },
  });
  const needsCode = ways.totp || ways.recoveryCode;
  const error = stepUp.error ?? (isGivenUp(passkey.error) ? null : passkey.error);
  const submit = ({ password, code = '' }: Fields) => {
    const proof: StepUpProof = needsCode ? { way: codeWay, password, code } : { way: 'password', password };
    stepUp.mutate(proof, { onSuccess: onProven, onError: () => form.resetFields(['code']) });
  };
  if (!needsCode && !ways.password && !ways.passkey) return <p>{t('stepUp.signInAgain')}</p>;
  return (
    <Form form={form} name="step-up" layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={submit}>
      {error && <ProblemNote error={error} title={t('stepUp.failed')} />}
      {ways.passkey && canUsePasskeys() && (
        <Form.Item>
          <Button size="large" block loading={passkey.isPending} onClick={() => passkey.mutate()}>
            {t('secondStep.usePasskey')}
          </Button>
        </Form.Item>
      )}
      {(needsCode || ways.password) && (
        <>
          <Form.Item
            name="password"
            label={t('session.password')}
            rules={[{ required: true, message: t('form.required') }]}
          >
            <Input.Password size="large" autoFocus autoComplete="current-password" />
          </Form.Item>
          {needsCode && <CodeField way={codeWay} />}
          {ways.totp && ways.recoveryCode && <OtherCodeWay way={codeWay} onChange={setCodeWay} />}
        </>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {(needsCode || ways.password) && (
          <Button type="primary" htmlType="submit" loading={stepUp.isPending}>
            {t('secondStep.confirm')}
          </Button>
        )}
      </div>
    </Form>
  );
}
