import { Checkbox, Form, type FormInstance, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StallState, Zone } from '../api/types';
import { FormActions } from '../kit/form-actions';
import { FormSummary } from '../kit/form-summary';
import { Note } from '../kit/note';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';

/** What the form holds. `areaM2` is decimal text with a point, as the server has it. */
export interface StallFacts {
  number: string;
  zoneId: string | null;
  tradeLine: string | null;
  areaM2: string | null;
  fixed: boolean;
  soundbox: boolean;
  state: StallState;
}

interface StallFormProps<Facts> {
  readonly form: FormInstance<Facts>;
  readonly start: Facts;
  readonly states: readonly StallState[];
  readonly zones: readonly Zone[];
  readonly busy: boolean;
  readonly error: unknown;
  readonly save: string;
  readonly back: string;
  readonly onSave: (facts: Facts) => void;
}

const FIELDS = ['number', 'zoneId', 'tradeLine', 'areaM2', 'fixed', 'soundbox', 'state'] as const;
const FIELD_OF = { stall_number_taken: 'number', zone_not_found: 'zoneId', stall_closed_before_opened: 'state' };

/** One stall: where it is and what it is; who sells there and where the money goes is kept elsewhere, dated. */
export function StallForm<Facts extends StallFacts>(props: StallFormProps<Facts>) {
  const { form, start, states, zones, busy, error, save, back, onSave } = props;
  const { t, i18n } = useTranslation();
  const label = useStallLabel();
  const { faults, clear, onFinishFailed } = useFormFaults(form, error, label, FIELD_OF);
  const required = { required: true, message: t('form.required') };
  const mark = i18n.language === 'vi' ? ',' : '.';
  return (
    <Form<Facts>
      form={form}
      className="form"
      layout="vertical"
      requiredMark="optional"
      validateTrigger="onBlur"
      initialValues={start}
      onFinish={(facts) => {
        clear();
        onSave(facts);
      }}
      onFinishFailed={onFinishFailed}
    >
      <FormSummary form={form} faults={faults} />
      {error && faults.length === 0 ? <ProblemNote error={error} kept={t('form.kept')} /> : null}
      <Form.Item
        name="number"
        label={label('number')}
        extra={t('stall.help.number')}
        rules={[{ ...required, whitespace: true }]}
      >
        <Input autoComplete="off" maxLength={40} />
      </Form.Item>
      <Form.Item name="zoneId" label={label('zoneId')}>
        <Select
          allowClear
          placeholder={t('stall.noZone')}
          notFoundContent={t('stall.zonesNone')}
          options={zones.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="tradeLine" label={label('tradeLine')} extra={t('stall.help.tradeLine')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="areaM2"
        label={label('areaM2')}
        normalize={(text: string) => text.replace(',', '.').trim()}
        getValueProps={(text: string | null) => ({ value: text?.replace('.', mark) })}
        rules={[{ pattern: /^(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,2})?$/, message: t('stall.rule.area') }]}
      >
        <Input autoComplete="off" inputMode="decimal" maxLength={9} />
      </Form.Item>
      <Form.Item name="fixed" valuePropName="checked" extra={t('stall.help.fixed')}>
        <Checkbox>{label('fixed')}</Checkbox>
      </Form.Item>
      <Form.Item name="soundbox" valuePropName="checked">
        <Checkbox>{label('soundbox')}</Checkbox>
      </Form.Item>
      <Form.Item name="state" label={label('state')} rules={[required]}>
        <Select options={states.map((value) => ({ value, label: t(`stallState.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['state']}>
        {() => (form.getFieldsValue().state === 'closed' ? <ClosingNote /> : null)}
      </Form.Item>
      <FormActions save={save} busy={busy} back={back} />
    </Form>
  );
}

function ClosingNote() {
  const { t } = useTranslation();
  return (
    <div className="form-conflict" role="status">
      <Note tone="attention" title={t('stall.closing')}>
        <p>{t('stall.closingText')}</p>
      </Note>
    </div>
  );
}

/** A field's name on screen, null for what the form does not hold. */
export function useStallLabel(): (name: string) => string | null {
  const { t } = useTranslation();
  return (name) => {
    const field = FIELDS.find((known) => known === name);
    return field ? t(`stall.field.${field}`) : null;
  };
}
