import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { changePersonRole, type Person, readPerson } from '../api/people';
import { FormActions } from '../kit/form-actions';
import { FormSummary } from '../kit/form-summary';
import { Note } from '../kit/note';
import { Page } from '../kit/page';
import { ProblemNote } from '../kit/problem-note';
import { QueryView } from '../kit/query-view';
import { useFormFaults } from '../kit/use-form-faults';
import { useNotice } from '../kit/use-notice';
import { useSession } from '../session/use-session';
import { areaOf, GrantFields } from './grant-fields';
import { useGrantLabel } from './use-grant-label';

/** Asks for another role or area; it holds once another person has approved. */
export function ChangeRolePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['person', id], queryFn: () => readPerson(id) });
  const name = query.data?.fullName ?? '';
  return (
    <Page
      title={t('people.roleTitle')}
      crumbs={[
        { title: t('nav.people'), to: '/people' },
        { title: name, to: `/people/${id}` },
      ]}
      lead={name}
    >
      <QueryView query={query} lines={6}>
        {(person) => <RoleForm person={person} />}
      </QueryView>
    </Page>
  );
}

function RoleForm({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const session = useSession();
  const [form] = Form.useForm<GrantFields>();
  const label = useGrantLabel();
  const back = `/people/${person.id}`;
  const change = useMutation({
    mutationFn: (fields: GrantFields) => {
      const area = areaOf(fields, session.data?.province?.code);
      return changePersonRole(person.id, { role: fields.role, area, reason: fields.reason });
    },
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: ['approvals'] });
      await client.invalidateQueries({ queryKey: ['person', person.id] });
      notice.done(t('people.roleAsked', { name: person.fullName }));
      void navigate(back);
    },
  });
  const { faults, clear, onFinishFailed } = useFormFaults(form, change.error, label);
  return (
    <Form<GrantFields>
      form={form}
      className="form"
      layout="vertical"
      requiredMark="optional"
      validateTrigger="onBlur"
      initialValues={{ role: person.role, areaKind: person.area.kind, area: person.area.codes }}
      onFinish={(fields) => {
        clear();
        change.mutate(fields);
      }}
      onFinishFailed={onFinishFailed}
    >
      <FormSummary form={form} faults={faults} />
      {change.error && faults.length === 0 ? <ProblemNote error={change.error} kept={t('form.kept')} /> : null}
      <Note tone="attention">
        <p>{t('people.roleEffect', { name: person.fullName })}</p>
      </Note>
      <GrantFields form={form} start={person.places} />
      <FormActions save={t('people.send')} busy={change.isPending} back={back} />
    </Form>
  );
}
