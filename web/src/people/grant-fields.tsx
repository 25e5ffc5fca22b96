import { Form, type FormInstance, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AreaKind, StaffRole } from '../api/people';
import { useSession } from '../session/use-session';
import { PlacesField } from './places-field';
import { areaFor, AREAS_OF_ROLE, STAFF_ROLES } from './role-areas.rules';

/** What the form holds of a role and where it holds. */
export interface GrantFields {
  readonly role: StaffRole;
  readonly areaKind: AreaKind;
  readonly area?: string[];
  readonly reason: string;
}

interface GrantFieldsProps {
  readonly form: FormInstance;
  readonly start?: readonly { readonly code: string; readonly name: string }[];
}

/** A role with a sentence about what it may do, the places where it holds, and the reason for it. */
export function GrantFields({ form, start }: GrantFieldsProps) {
  const { t } = useTranslation();
  const session = useSession();
  const role = Form.useWatch<StaffRole | undefined>('role', form);
  const kind = Form.useWatch<AreaKind | undefined>('areaKind', form);
  const required = { required: true, message: t('form.required') };
  const kinds = role ? AREAS_OF_ROLE[role] : [];
  const chooseRole = (next: StaffRole) => {
    const nextKind = areaFor(next, kind);
    form.setFieldsValue(nextKind === kind ? { areaKind: nextKind } : { areaKind: nextKind, area: [] });
  };
  return (
    <>
      <Form.Item name="role" label={t('people.role')} extra={role && t(`people.roleMay.${role}`)} rules={[required]}>
        <Select
          options={STAFF_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          placeholder={t('people.roleHint')}
          onChange={chooseRole}
        />
      </Form.Item>
      <Form.Item name="areaKind" label={t('people.areaKind')} hidden={kinds.length < 2}>
        <Radio.Group
          options={kinds.map((value) => ({ value, label: t(`people.areaKinds.${value}`) }))}
          onChange={() => form.setFieldValue('area', [])}
        />
      </Form.Item>
      {kind === 'province' && (
        <p className="form-lead">{t('people.wholeProvince', { name: session.data?.province?.name ?? '' })}</p>
      )}
      {(kind === 'communes' || kind === 'markets') && (
        <Form.Item name="area" label={t(`people.areaKinds.${kind}`)} rules={[{ ...required, type: 'array', min: 1 }]}>
          <PlacesField key={kind} kind={kind} start={start} />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={t('people.reason')}
        extra={t('people.reasonHelp')}
        rules={[{ ...required, whitespace: true }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </>
  );
}

/** The area as the server takes it. */
export function areaOf({ areaKind, area = [] }: GrantFields, provinceCode: string | undefined) {
  return { kind: areaKind, codes: areaKind === 'province' ? [provinceCode ?? ''].filter(Boolean) : area };
}
