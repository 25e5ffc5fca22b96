import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BankAddresses, setBankAddresses } from '../api/bank-clients';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Facts } from '../kit/facts';
import { useNotice } from '../kit/use-notice';
import { useMay } from '../session/use-session';
import './bank-clients.css';
import { useBankClientAction } from './use-bank-client-action';

interface BankAddressesProps {
  readonly bin: string;
  readonly addresses: BankAddresses;
}

/** From where the institution may call, and the way to change it. */
export function BankAddressesLine({ bin, addresses }: BankAddressesProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const { networks } = addresses;
  return (
    <>
      <Facts
        facts={[
          {
            name: t('bankAddress.title'),
            value: (
              <span className="row">
                {networks.length === 0 ? (
                  t('bankAddress.anywhere')
                ) : (
                  <span className="key-id">{networks.join(', ')}</span>
                )}
                {may('bank_client.manage') && (
                  <Button size="small" onClick={() => setOpen(true)}>
                    {t('bankAddress.change')}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {isOpen && <AddressesDialog bin={bin} addresses={addresses} onClose={() => setOpen(false)} />}
    </>
  );
}

function AddressesDialog({ bin, addresses, onClose }: BankAddressesProps & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const id = useId();
  const [text, setText] = useState(addresses.networks.join('\n'));
  const save = useBankClientAction(
    () => setBankAddresses(bin, addresses, text.split(/[\s,;]+/).filter(Boolean)),
    () => {
      onClose();
      notice.done(t('bankAddress.saved'));
    },
  );
  return (
    <ConfirmDialog
      title={t('bankAddress.dialogTitle', { environment: t(`bankKey.environment.${addresses.environment}`) })}
      action={t('bankAddress.save')}
      busy={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate(undefined)}
      onClose={onClose}
    >
      <div>
        <label htmlFor={id}>{t('bankAddress.networks')}</label>
        <Input.TextArea
          id={id}
          rows={5}
          value={text}
          spellCheck={false}
          aria-describedby={`${id}-help`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-help`} className="soft">
          {t('bankAddress.help')}
        </p>
      </div>
    </ConfirmDialog>
  );
}
