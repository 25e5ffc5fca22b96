import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { invitePerson } from '../api/people';
import { FormActions } from '../kit/form-actions';
import { FormSummary } from '../kit/form-summary';
import { Page } from '../kit/page';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';
import { useNotice } from '../kit/use-notice';
import { useSession } from '../session/use-session';
import { areaOf, GrantFields } from './grant-fields';
import { useGrantLabel } from './use-grant-label';

interface InviteFields extends GrantFields {
  readonly email: string;
  readonly fullName: string;
}

const MAX_EMAIL = 254;
const MAX_NAME = 200;

/** Asks for a role for somebody new; another person approves, and then the account can be used. */
export function InvitePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const session = useSession();
  const [form] = Form.useForm<InviteFields>();
  const label = useGrantLabel();
  const invite = useMutation({
    mutationFn: ({ email, fullName, reason, ...grant }: InviteFields) => {
      const area = areaOf({ ...grant, reason }, session.data?.province?.code);
      return invitePerson({ email, fullName, role: grant.role, area, reason });
    },
    onSuccess: async ({ personId }, { fullName }) => {
      await client.invalidateQueries({ queryKey: ['people'] });
      void client.invalidateQueries({ queryKey: ['approvals'] });
      notice.done(t('people.invited', { name: fullName }));
      void navigate(`/people/${personId}`);
    },
  });
  const { faults, clear, onFinishFailed } = useFormFaults(form, invite.error, label);
  const required = { required: true, message: t('form.required') };
  return (
    <Page
      title={t('people.inviteTitle')}
      crumbs={[{ title: t('nav.people'), to: '/people' }]}
      lead={t('people.inviteLead')}
    >
      <Form<InviteFields>
        form={form}
        className="form"
        layout="vertical"
        requiredMark="optional"
        validateTrigger="onBlur"
        onFinish={(fields) => {
          clear();
          invite.mutate(fields);
        }}
        onFinishFailed={onFinishFailed}
      >
        <FormSummary form={form} faults={faults} />
        {invite.error && faults.length === 0 ? <ProblemNote error={invite.error} kept={t('form.kept')} /> : null}
        <Form.Item
          name="email"
          label={t('people.email')}
          extra={t('people.emailHelp')}
          rules={[required, { type: 'email', message: t('people.emailRule') }]}
        >
          <Input autoComplete="off" inputMode="email" maxLength={MAX_EMAIL} />
        </Form.Item>
        <Form.Item name="fullName" label={t('people.name')} rules={[{ ...required, whitespace: true }]}>
          <Input autoComplete="off" maxLength={MAX_NAME} />
        </Form.Item>
        <GrantFields form={form} />
        <FormActions save={t('people.send')} busy={invite.isPending} back="/people" />
      </Form>
    </Page>
  );
}
