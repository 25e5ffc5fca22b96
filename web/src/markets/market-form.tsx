import { Checkbox, Form, type FormInstance, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MarketInput } from '../api/types';
import { FormActions } from '../kit/form-actions';
import { FormSummary } from '../kit/form-summary';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';
import { CommuneField } from './commune-field';
import { BUILDS, MARKET_KINDS } from './market-words';

/** What the form holds; the code only of a new market. */
export type MarketFacts = Pick<MarketInput, Exclude<MarketField, 'code'>>;

interface MarketFormProps<Facts> {
  readonly form: FormInstance<Facts>;
  readonly isNew: boolean;
  readonly start: Partial<Facts>;
  readonly communeName?: string | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly save: string;
  readonly back: string;
  readonly onSave: (facts: Facts) => void;
}

const MARKET_FIELDS = [
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
type MarketField = (typeof MARKET_FIELDS)[number];
const FIELD_OF = {
  market_code_taken: 'code',
  commune_unknown: 'communeCode',
  commune_dissolved: 'communeCode',
};

/** One column, labels above; what a field is for stands below it where it is not obvious. */
export function MarketForm<Facts extends MarketFacts>(props: MarketFormProps<Facts>) {
  const { form, isNew, start, communeName, busy, error, save, back, onSave } = props;
  const { t } = useTranslation();
  const label = useMarketLabel();
  const { faults, clear, onFinishFailed } = useFormFaults(form, error, label, FIELD_OF);
  const required = { required: true, message: t('form.required') };
  const points = { type: 'integer' as const, min: 0, max: 100_000, message: t('form.wholeNumber') };
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
      {isNew && (
        <Form.Item
          name="code"
          label={label('code')}
          extra={t('market.help.code')}
          normalize={(text: string) => text.toUpperCase()}
          rules={[required, { pattern: /^[A-Z0-9]{4,16}$/, message: t('market.rule.code') }]}
        >
          <Input autoComplete="off" maxLength={16} />
        </Form.Item>
      )}
      <Form.Item
        name="name"
        label={label('name')}
        extra={t('market.help.name')}
        rules={[{ ...required, whitespace: true }]}
      >
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="communeCode" label={label('communeCode')} extra={t('market.help.commune')} rules={[required]}>
        <CommuneField startName={communeName} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="marketKind" label={label('marketKind')} rules={isNew ? [required] : []}>
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
      <FormActions save={save} busy={busy} back={back} />
    </Form>
  );
}

/** A field's name on screen, null for what the form does not hold. */
export function useMarketLabel(): (name: string) => string | null {
  const { t } = useTranslation();
  return (name) => {
    const field = MARKET_FIELDS.find((known) => known === name);
    return field ? t(`market.field.${field}`) : null;
  };
}
