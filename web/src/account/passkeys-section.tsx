import KeyOutlined from '@ant-design/icons/KeyOutlined';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addPasskey,
  askNewPasskey,
  type OwnPasskey,
  type OwnSecurity,
  removePasskey,
  renamePasskey,
} from '../api/account';
import { formatInstant } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Section } from '../kit/section';
import { canUsePasskeys, createPasskey } from '../session/passkeys';
import { NameDialog } from './name-dialog';
import { useAccountAction, useEnrolment } from './use-account';

interface PasskeysSectionProps {
  readonly security: OwnSecurity;
  readonly onCodes: (codes: readonly string[] | null) => void;
}

/** Devices that let one in by finger, face or PIN. */
export function PasskeysSection({ security, onCodes }: PasskeysSectionProps) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const add = useEnrolment(
    async (name: string) => addPasskey(name, await createPasskey(await askNewPasskey())),
    t('ownAccount.passkeyAdded'),
    (codes) => {
      setAdding(false);
      onCodes(codes);
    },
  );
  return (
    <Section title={t('ownAccount.passkeys')}>
      <p className="prose">{t('ownAccount.passkeysLead')}</p>
      {security.passkeys.length > 0 && (
        <ul className="factor-list">
          {security.passkeys.map((passkey) => (
            <PasskeyLine key={passkey.id} passkey={passkey} security={security} />
          ))}
        </ul>
      )}
      {canUsePasskeys() ? (
        <Button onClick={() => setAdding(true)}>{t('ownAccount.passkeyAdd')}</Button>
      ) : (
        <p className="soft">{t('ownAccount.passkeysNotHere')}</p>
      )}
      {isAdding && (
        <NameDialog
          title={t('ownAccount.passkeyAdd')}
          lead={t('ownAccount.passkeyAddLead')}
          action={t('ownAccount.passkeyMake')}
          busy={add.isPending}
          error={add.error}
          onName={(name) => add.mutate(name)}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}

function PasskeyLine({ passkey, security }: { readonly passkey: OwnPasskey; readonly security: OwnSecurity }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const close = () => setOpen(null);
  const rename = useAccountAction(
    (name: string) => renamePasskey(passkey.id, name),
    () => t('ownAccount.renamed'),
    close,
  );
  const remove = useAccountAction(
    () => removePasskey(passkey.id),
    () => t('ownAccount.passkeyRemoved'),
    close,
  );
  const isLast = security.passkeys.length === 1 && security.totpSince === null;
  return (
    <li>
      <div>
        <p>
          <KeyOutlined aria-hidden /> <strong>{passkey.name}</strong>
        </p>
        <p className="soft">
          {passkey.lastUsedAt
            ? t('ownAccount.passkeyUsed', { at: formatInstant(passkey.lastUsedAt) })
            : t('ownAccount.passkeySince', { at: formatInstant(passkey.createdAt) })}
        </p>
      </div>
      <div className="row">
        <Button aria-label={t('ownAccount.renameOf', { name: passkey.name })} onClick={() => setOpen('rename')}>
          {t('ownAccount.rename')}
        </Button>
        <Button aria-label={t('ownAccount.removeOf', { name: passkey.name })} onClick={() => setOpen('remove')}>
          {t('ownAccount.remove')}
        </Button>
      </div>
      {open === 'rename' && (
        <NameDialog
          title={t('ownAccount.rename')}
          name={passkey.name}
          action={t('edit.save')}
          busy={rename.isPending}
          error={rename.error}
          onName={(name) => rename.mutate(name)}
          onClose={close}
        />
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('ownAccount.removeOf', { name: passkey.name })}
          action={t('ownAccount.remove')}
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={close}
        >
          <p>{t(isLast ? 'ownAccount.lastFactorGoes' : 'ownAccount.passkeyGoes')}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
