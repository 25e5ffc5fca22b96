import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readSecondFactorWays } from '../api/access';
import type { SecondFactorWays } from '../api/generated/types.gen';
import { ProblemNote } from '../kit/problem-note';
import { QueryView } from '../kit/query-view';
import { CodeField, type CodeWay, OtherCodeWay } from './code-fields';
import { answerByPasskey, canUsePasskeys, isGivenUp } from './passkeys';
import { useConfirmSignIn } from './use-session';

/** The password was right; now the second factor. */
export function SecondStep({ onRestart }: { readonly onRestart: () => void }) {
  const { t } = useTranslation();
  const ways = useQuery({ queryKey: ['second-factor'], queryFn: readSecondFactorWays, gcTime: 0, retry: false });
  return (
    <>
      <QueryView query={ways} lines={3}>
        {(known) => <SecondStepForm ways={known} />}
      </QueryView>
      <button type="button" className="text-button" onClick={onRestart}>
        {t('secondStep.restart')}
      </button>
    </>
  );
}

function SecondStepForm({ ways }: { readonly ways: SecondFactorWays }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const [way, setWay] = useState<CodeWay>(ways.totp ? 'totp' : 'recovery_code');
  const confirm = useConfirmSignIn();
  const passkey = useMutation({
    mutationFn: async () => {
      if (!ways.passkey) return;
      await confirm.mutateAsync({ way: 'passkey', assertion: await answerByPasskey(ways.passkey) });
    },
  });
  const error = confirm.error ?? (isGivenUp(passkey.error) ? null : passkey.error);
  const submit = ({ code }: { code: string }) => confirm.mutate({ way, code }, { onError: () => form.resetFields() });
  return (
    <>
      {error && <ProblemNote error={error} title={t('secondStep.failed')} />}
      {ways.passkey && canUsePasskeys() && (
        <Button size="large" block loading={passkey.isPending} onClick={() => passkey.mutate()}>
          {t('secondStep.usePasskey')}
        </Button>
      )}
      {(ways.totp || ways.recoveryCode) && (
        <Form form={form} layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={submit}>
          <CodeField way={way} isFirst />
          <Button type="primary" htmlType="submit" size="large" block loading={confirm.isPending}>
            {t('secondStep.confirm')}
          </Button>
        </Form>
      )}
      {ways.totp && ways.recoveryCode && <OtherCodeWay way={way} onChange={setWay} />}
    </>
  );
}
