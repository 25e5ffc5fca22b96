import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MarketInput } from '../api/types';
import { FormSummary } from '../kit/form-summary';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';
import { CommuneField } from './commune-field';
import { BUILDS, MARKET_KINDS } from './market-words';

interface MarketFormProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSave: (input: MarketInput) => void;
}

const FIELDS = [
  'code',
  'name',
  'marketKind',
  'communeCode',
  'build',
  'inPlan',
  'plannedPoints',
  'operatingPoints',
  'operatorName',
  'address',
] as const;
type Field = (typeof FIELDS)[number];
const START: Partial<MarketInput> = { marketKind: 'civil', build: 'solid', inPlan: true };

/** One column, labels above; what a field is for stands below it where it is not obvious. */
export function MarketForm({ busy, error, onSave }: MarketFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<MarketInput>();
  const label = (name: string) => (FIELDS.includes(name as Field) ? t(`market.field.${name as Field}`) : null);
  const { faults, clear, onFinishFailed } = useFormFaults(form, error, label);
  const required = { required: true, message: t('form.required') };
  const points = { type: 'integer' as const, min: 0, max: 100_000, message: t('form.wholeNumber') };
  return (
    <Form<MarketInput>
      form={form}
      className="form"
      layout="vertical"
      requiredMark="optional"
      validateTrigger="onBlur"
      initialValues={START}
      onFinish={(input) => {
        clear();
        onSave(withoutEmpty(input));
      }}
      onFinishFailed={onFinishFailed}
    >
      <FormSummary form={form} faults={faults} />
      {error && faults.length === 0 ? <ProblemNote error={error} kept={t('form.kept')} /> : null}
      <Form.Item
        name="code"
        label={label('code')}
        extra={t('market.help.code')}
        normalize={(text: string) => text.toUpperCase()}
        rules={[required, { pattern: /^[A-Z0-9]{4,16}$/, message: t('market.rule.code') }]}
      >
        <Input autoComplete="off" maxLength={16} />
      </Form.Item>
      <Form.Item
        name="name"
        label={label('name')}
        extra={t('market.help.name')}
        rules={[{ ...required, whitespace: true }]}
      >
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="communeCode" label={label('communeCode')} extra={t('market.help.commune')} rules={[required]}>
        <CommuneField />
      </Form.Item>
      <div className="pair">
        <Form.Item name="marketKind" label={label('marketKind')} rules={[required]}>
          <Select options={MARKET_KINDS.map((value) => ({ value, label: t(`marketKind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="build" label={label('build')} rules={[required]}>
          <Select options={BUILDS.map((value) => ({ value, label: t(`build.${value}`) }))} />
        </Form.Item>
        <Form.Item name="plannedPoints" label={label('plannedPoints')} rules={[required, points]}>
          <InputNumber min={0} max={100_000} controls={false} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="operatingPoints" label={label('operatingPoints')} rules={[required, points]}>
          <InputNumber min={0} max={100_000} controls={false} inputMode="numeric" />
        </Form.Item>
      </div>
      <Form.Item name="inPlan" valuePropName="checked" extra={t('market.help.class')}>
        <Checkbox>{label('inPlan')}</Checkbox>
      </Form.Item>
      <Form.Item name="operatorName" label={label('operatorName')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="address" label={label('address')}>
        <Input maxLength={300} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('market.save')}
      </Button>
    </Form>
  );
}

function withoutEmpty(input: MarketInput): MarketInput {
  return {
    ...input,
    operatorName: input.operatorName?.trim() || undefined,
    address: input.address?.trim() || undefined,
  };
}
