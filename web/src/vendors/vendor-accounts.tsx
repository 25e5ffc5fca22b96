import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayoutAccount, VerifiedHow } from '../api/types';
import { revealAccount, verifyAccount } from '../api/vendors';
import { formatInstant } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { type Column, DataTable } from '../kit/data-table';
import { Section } from '../kit/section';
import { AccountCell } from '../stalls/account-cell';
import { RevealedValue } from './revealed-value';
import { useVendorAction } from './use-vendor-action';
import { VerifiedHowField } from './verified-how-field';
import { May } from '../session/may';

/** Where the vendor's takings may go; an account is checked before a code is printed for it. */
export function VendorAccounts({ accounts }: { readonly accounts: readonly PayoutAccount[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<PayoutAccount | null>(null);
  const [how, setHow] = useState<VerifiedHow>('bank_reply');
  const verify = useVendorAction(
    (id: string) => verifyAccount(id, how),
    t('vendor.accountVerified'),
    () => setOpen(null),
  );
  const columns: Column<PayoutAccount>[] = [
    {
      key: 'account',
      title: t('stall.account'),
      render: (account) => (
        <AccountCell
          account={account}
          number={
            <RevealedValue
              name={t('reveal.of.account')}
              masked={account.accountMasked}
              reveal={(reason) => revealAccount(account.id, reason)}
            />
          }
        />
      ),
    },
    { key: 'holder', title: t('vendor.holder'), render: (account) => account.holderName },
    {
      key: 'scheme',
      title: t('vendor.scheme'),
      render: (account) => t(`scheme.${account.scheme}` as 'scheme.VIETQR_PAY', { defaultValue: account.scheme }),
    },
    {
      key: 'verified',
      title: t('vendor.verification'),
      render: (account) =>
        account.verifiedHow && account.verifiedAt ? (
          `${t(`verifiedHow.${account.verifiedHow}` as 'verifiedHow.paper', { defaultValue: account.verifiedHow })}, ${formatInstant(account.verifiedAt)}`
        ) : (
          <May do="account.verify">
            <Button size="small" onClick={() => setOpen(account)}>
              {t('card.verify')}
            </Button>
          </May>
        ),
    },
  ];
  return (
    <Section title={t('vendor.accounts')}>
      {accounts.length === 0 ? (
        <p className="soft">{t('vendor.noAccounts')}</p>
      ) : (
        <DataTable caption={t('vendor.accounts')} columns={columns} rows={accounts} rowKey={(account) => account.id} />
      )}
      {open && (
        <ConfirmDialog
          title={t('vendor.verifyTitle')}
          action={t('card.verify')}
          busy={verify.isPending}
          error={verify.error}
          onConfirm={() => verify.mutate(open.id)}
          onClose={() => setOpen(null)}
        >
          <p>
            {t('vendor.verifyConfirm', {
              bank: open.bankName,
              account: open.accountMasked,
              holder: open.holderName ?? '–',
            })}
          </p>
          <VerifiedHowField value={how} onChange={setHow} />
        </ConfirmDialog>
      )}
    </Section>
  );
}
