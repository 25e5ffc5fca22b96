import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type DataRequestInput, RECEIVED_HOW, recordDataRequest, REQUEST_KINDS } from '../api/privacy';
import { dayOf, formatDay } from '../format/day';
import { DayField } from '../kit/day-field';
import { Dialog } from '../kit/dialog';
import { ProblemNote } from '../kit/problem-note';
import { useNotice } from '../kit/use-notice';
import { VendorField } from './vendor-field';

interface RecordRequestDialogProps {
  readonly onClose: () => void;
}

/** Records what a person asked; the clock starts on the next working day. */
export function RecordRequestDialog({ onClose }: RecordRequestDialogProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const client = useQueryClient();
  const [form] = Form.useForm<DataRequestInput>();
  const save = useMutation({
    mutationFn: recordDataRequest,
    onSuccess: ({ dueOn }) => {
      void client.invalidateQueries({ queryKey: ['data-requests'] });
      notice.done(t('privacy.recorded', { day: formatDay(dueOn) }));
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('form.required') };
  const choices = <Value extends string>(values: readonly Value[], word: (value: Value) => string) =>
    values.map((value) => ({ value, label: word(value) }));
  return (
    <Dialog title={t('privacy.record')} onClose={onClose}>
      {save.error && <ProblemNote error={save.error} kept={t('form.kept')} />}
      <Form<DataRequestInput>
        form={form}
        layout="vertical"
        requiredMark="optional"
        validateTrigger="onBlur"
        initialValues={{ receivedOn: dayOf(new Date()), receivedHow: 'counter', kind: 'copy', vendorId: null }}
        onFinish={(input) => save.mutate(input)}
      >
        <Form.Item name="vendorId" label={t('privacy.vendor')} extra={t('privacy.vendorHelp')}>
          <VendorField onName={(subjectName) => form.setFieldsValue({ subjectName })} />
        </Form.Item>
        <Form.Item name="subjectName" label={t('privacy.subject')} rules={[required]}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="kind" label={t('privacy.kind')} rules={[{ required: true }]}>
          <Select options={choices(REQUEST_KINDS, (value) => t(`privacy.kinds.${value}`))} />
        </Form.Item>
        <Form.Item name="details" label={t('privacy.details')} rules={[required]}>
          <Input.TextArea rows={3} maxLength={2_000} />
        </Form.Item>
        <div className="pair">
          <Form.Item name="receivedOn" label={t('privacy.receivedOn')} rules={[{ required: true }]}>
            <DayField isRequired />
          </Form.Item>
          <Form.Item name="receivedHow" label={t('privacy.receivedHow')} rules={[{ required: true }]}>
            <Select options={choices(RECEIVED_HOW, (value) => t(`privacy.how.${value}`))} />
          </Form.Item>
        </div>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('privacy.record')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
