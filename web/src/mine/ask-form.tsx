import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { askAboutMyData, type OwnRequestInput, REQUEST_KINDS } from '../api/privacy';
import { formatDay } from '../format/day';
import { Note } from '../kit/note';
import { ProblemNote } from '../kit/problem-note';

/** A vendor asks about the own data; says at once until when the answer comes. */
export function AskForm({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<OwnRequestInput>();
  const ask = useMutation({
    mutationFn: (input: OwnRequestInput) => askAboutMyData(token, input),
    onSuccess: () => {
      form.resetFields();
      void client.invalidateQueries({ queryKey: ['mine'] });
    },
  });
  return (
    <>
      {ask.data && (
        <Note tone="plain" title={t('mine.asked')}>
          <p>{t('mine.answerBy', { day: formatDay(ask.data.dueOn) })}</p>
        </Note>
      )}
      {ask.error && <ProblemNote error={ask.error} />}
      <Form<OwnRequestInput>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'copy' }}
        onFinish={(input) => ask.mutate(input)}
      >
        <Form.Item name="kind" label={t('privacy.kind')}>
          <Select
            size="large"
            options={REQUEST_KINDS.map((value) => ({ value, label: t(`privacy.kinds.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="details"
          label={t('mine.details')}
          rules={[{ required: true, whitespace: true, message: t('form.required') }]}
        >
          <Input.TextArea rows={3} maxLength={2_000} />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={ask.isPending}>
          {t('mine.send')}
        </Button>
      </Form>
    </>
  );
}
