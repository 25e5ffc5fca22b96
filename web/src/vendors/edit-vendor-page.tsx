import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Vendor } from '../api/types';
import { changeVendor, readVendor } from '../api/vendors';
import { ConflictNote } from '../kit/conflict-note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import type { Versioned } from '../kit/record-edit.rules';
import { useRecordEdit } from '../kit/use-record-edit';
import { useVendorAction } from './use-vendor-action';
import { isMasked, useVendorLabel, type VendorFacts, VendorForm } from './vendor-form';

interface VendorChanges {
  readonly version: number;
  readonly changes: Partial<VendorFacts>;
}

/** Changes a vendor's own facts. */
export function EditVendorPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  // Read when the form opens: the version has to be the present one.
  const query = useQuery({ queryKey: ['vendor-edit', id], queryFn: () => readVendor(id), gcTime: 0 });
  const name = query.data?.fullName ?? t('nav.vendors');
  return (
    <Page
      title={t('edit.title', { name })}
      crumbs={[
        { title: t('nav.vendors'), to: '/vendors' },
        { title: name, to: `/vendors/${id}` },
      ]}
    >
      <QueryView query={query} lines={8}>
        {(vendor) => <VendorEdit vendor={vendor} />}
      </QueryView>
    </Page>
  );
}

function VendorEdit({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<VendorFacts>();
  const label = useVendorLabel();
  const back = `/vendors/${vendor.id}`;
  const change = useVendorAction(
    ({ version, changes }: VendorChanges) => changeVendor(vendor.id, version, changes),
    t('vendor.saved', { name: vendor.fullName }),
    () => undefined,
  );
  const edit = useRecordEdit<VendorFacts>({
    form,
    record: versioned(vendor),
    read: async () => versioned(await readVendor(vendor.id)),
    save: (version, changes) => change.mutateAsync({ version, changes }),
    onSaved: () => navigate(back),
  });
  const line = (name: string, value: unknown) => `${label(name) ?? name}: ${(value as string) ?? t('app.unknown')}`;
  return (
    <>
      <ConflictNote edit={edit} line={line} />
      <VendorForm
        form={form}
        start={edit.start}
        vendor={vendor}
        busy={edit.busy}
        error={edit.error}
        back={back}
        onSave={edit.save}
      />
    </>
  );
}

function versioned({ version, fullName, address, householdName, taxCode }: Vendor): Versioned<VendorFacts> {
  const shownTaxCode = isMasked(taxCode) ? null : taxCode;
  const facts = { fullName, phone: null, address, householdName, taxCode: shownTaxCode, personalId: null };
  return { version, facts };
}
