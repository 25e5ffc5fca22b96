import { Form, type FormInstance, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Vendor } from '../api/types';
import { FormActions } from '../kit/form-actions';
import { FormSummary } from '../kit/form-summary';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';

/** What the form holds. What the server answers only masked starts as null, and null there means: as it is. */
export interface VendorFacts {
  fullName: string;
  phone: string | null;
  address: string | null;
  householdName: string | null;
  taxCode: string | null;
  personalId: string | null;
}

interface VendorFormProps {
  readonly form: FormInstance<VendorFacts>;
  readonly start: VendorFacts;
  readonly vendor: Vendor;
  readonly busy: boolean;
  readonly error: unknown;
  readonly back: string;
  readonly onSave: (facts: VendorFacts) => void;
}

const FIELDS = ['fullName', 'phone', 'address', 'householdName', 'taxCode', 'personalId'] as const;
const FIELD_OF = { personal_id_taken: 'personalId' };

/** A vendor's own facts; stalls, accounts and consents have their own dated records. */
export function VendorForm({ form, start, vendor, busy, error, back, onSave }: VendorFormProps) {
  const { t } = useTranslation();
  const label = useVendorLabel();
  const { faults, clear, onFinishFailed } = useFormFaults(form, error, label, FIELD_OF);
  const hidden = (masked: string | null) => masked && t('vendor.help.hidden', { value: masked });
  return (
    <Form<VendorFacts>
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
        name="fullName"
        label={label('fullName')}
        rules={[{ required: true, whitespace: true, message: t('form.required') }]}
      >
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={label('phone')}
        extra={hidden(vendor.phoneMasked)}
        normalize={withoutGaps}
        rules={[{ pattern: /^0[0-9]{9}$/, message: t('vendor.rule.phone') }]}
      >
        <Input autoComplete="off" inputMode="tel" maxLength={15} />
      </Form.Item>
      <Form.Item name="address" label={label('address')}>
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      <Form.Item name="householdName" label={label('householdName')} extra={t('vendor.help.householdName')}>
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      <Form.Item
        name="taxCode"
        label={label('taxCode')}
        extra={isMasked(vendor.taxCode) && hidden(vendor.taxCode)}
        normalize={withoutGaps}
        rules={[{ pattern: /^(?:[0-9]{10}|[0-9]{12,13})$/, message: t('vendor.rule.taxCode') }]}
      >
        <Input autoComplete="off" inputMode="numeric" maxLength={16} />
      </Form.Item>
      <Form.Item
        name="personalId"
        label={label('personalId')}
        extra={hidden(vendor.personalIdMasked)}
        normalize={withoutGaps}
        rules={[{ pattern: /^[0-9]{12}$/, message: t('vendor.rule.personalId') }]}
      >
        <Input autoComplete="off" inputMode="numeric" maxLength={16} />
      </Form.Item>
      <FormActions save={t('edit.save')} busy={busy} back={back} />
    </Form>
  );
}

/** A field's name on screen, null for what the form does not hold. */
export function useVendorLabel(): (name: string) => string | null {
  const { t } = useTranslation();
  return (name) => {
    const field = FIELDS.find((known) => known === name);
    if (!field) return null;
    return t(field === 'fullName' ? 'vendor.name' : `vendor.${field}`);
  };
}

/** A household's tax code that is its owner's personal ID comes masked. */
export function isMasked(text: string | null): boolean {
  return text?.includes('*') ?? false;
}

/** Numbers are copied from papers with blanks, dots and hyphens between their groups. */
function withoutGaps(text: string): string {
  return text.replace(/[\s.-]/g, '');
}
