import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Consent, Vendor } from '../api/types';
import { giveConsent, withdrawConsent } from '../api/vendors';
import { formatInstant } from '../format/day';
import { type Column, DataTable } from '../kit/data-table';
import { Note } from '../kit/note';
import { Section } from '../kit/section';
import { useNotice } from '../kit/use-notice';
import { useVendorAction } from './use-vendor-action';
import { May } from '../session/may';

/** The text that vendors are read today; a change of its words is a new version. */
const TEXT_VERSION = '2026-01';
const nothing = () => undefined;

/** What the vendor has agreed to; taken back as easily as given. */
export function VendorConsents({ vendor }: { readonly vendor: Vendor }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const give = useVendorAction(
    () => giveConsent(vendor.id, { purpose: 'stall_figures', textVersion: TEXT_VERSION, givenHow: 'form' }),
    t('vendor.consentGiven'),
    nothing,
  );
  const withdraw = useVendorAction((id: string) => withdrawConsent(id), t('vendor.consentWithdrawn'), nothing);
  const hasFigures = vendor.consents.some(({ purpose, withdrawnAt }) => purpose === 'stall_figures' && !withdrawnAt);
  const columns: Column<Consent>[] = [
    { key: 'purpose', title: t('consent.purpose'), render: (consent) => t(`consentPurpose.${consent.purpose}`) },
    { key: 'how', title: t('consent.how'), render: (consent) => t(`consentHow.${consent.givenHow}`) },
    { key: 'text', title: t('consent.textVersion'), render: (consent) => consent.textVersion },
    { key: 'given', title: t('consent.givenAt'), render: (consent) => formatInstant(consent.givenAt) },
    {
      key: 'withdrawn',
      title: t('consent.withdrawnAt'),
      render: (consent) =>
        consent.withdrawnAt ? (
          formatInstant(consent.withdrawnAt)
        ) : (
          <May do="consent.record">
            <Button
              size="small"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate(consent.id, { onError: notice.problem })}
            >
              {t('consent.withdraw')}
            </Button>
          </May>
        ),
    },
  ];
  return (
    <Section title={t('vendor.consents')}>
      {vendor.consents.length > 0 && (
        <DataTable
          caption={t('vendor.consents')}
          columns={columns}
          rows={vendor.consents}
          rowKey={(consent) => consent.id}
        />
      )}
      {!hasFigures && (
        <Note tone="plain" title={t('consent.none')}>
          <p>{t('consent.noneText')}</p>
          <May do="consent.record">
            <div>
              <Button loading={give.isPending} onClick={() => give.mutate(undefined, { onError: notice.problem })}>
                {t('consent.give')}
              </Button>
            </div>
          </May>
        </Note>
      )}
    </Section>
  );
}
