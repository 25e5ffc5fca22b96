import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Reveal, Vendor } from '../api/types';
import { readVendor, revealVendorField } from '../api/vendors';
import { EditLink } from '../kit/edit-link';
import { Facts } from '../kit/facts';
import { Note } from '../kit/note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { VendorRights } from '../privacy/vendor-rights';
import { LeaseTable } from './lease-table';
import { RevealedValue } from './revealed-value';
import { VendorAccounts } from './vendor-accounts';
import { VendorActions } from './vendor-actions';
import { VendorConsents } from './vendor-consents';
import { VendorNotices } from './vendor-notices';
import { VendorStateTag } from './vendor-state-tag';
import { VENDOR_STEPS } from './vendor-steps.rules';

/** One vendor with the dated chain: which stall from when, which account, which consents. */
export function VendorPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['vendor', id], queryFn: () => readVendor(id) });
  const vendor = query.data;
  return (
    <Page
      title={vendor?.fullName ?? t('nav.vendors')}
      crumbs={[{ title: t('nav.vendors'), to: '/vendors' }]}
      tags={vendor && <VendorStateTag state={vendor.state} />}
      actions={vendor && <VendorActions vendor={vendor} />}
    >
      <QueryView query={query} lines={10}>
        {(data) => (
          <div className="stack">
            {data.stateReason && (
              <Note tone="attention" title={t('vendor.reason')}>
                <p>{data.stateReason}</p>
              </Note>
            )}
            <VendorFacts vendor={data} />
            <Section title={t('vendor.leases')}>
              <LeaseTable leases={data.leases} show="stall" />
            </Section>
            <VendorAccounts accounts={data.accounts} />
            <VendorNotices vendorId={data.id} />
            <VendorConsents vendor={data} />
            <VendorRights vendor={data} />
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function VendorFacts({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  // A record that no step leads out of is finished; nothing of it changes any more.
  const isOpen = VENDOR_STEPS[vendor.state].length > 0;
  // Tax codes of enterprises are public: they come whole.
  const shown = (field: Reveal['field'], value: string | null) =>
    value?.includes('*') ? (
      <RevealedValue
        name={t(`reveal.of.${field}`)}
        masked={value}
        reveal={(reason) => revealVendorField(vendor.id, field, reason)}
      />
    ) : (
      value
    );
  return (
    <Section title={t('vendor.facts')} aside={isOpen && <EditLink to="edit" />}>
      <Facts
        facts={[
          { name: t('vendor.kind'), value: t(`vendorKind.${vendor.kind}`) },
          { name: t('vendor.householdName'), value: vendor.householdName },
          { name: t('vendor.personalId'), value: shown('personal_id', vendor.personalIdMasked) },
          { name: t('vendor.taxCode'), value: shown('tax_code', vendor.taxCode) },
          { name: t('vendor.phone'), value: shown('phone', vendor.phoneMasked) },
          { name: t('vendor.address'), value: vendor.address },
        ]}
      />
    </Section>
  );
}
