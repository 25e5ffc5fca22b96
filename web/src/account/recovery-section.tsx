import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OwnSecurity, renewRecoveryCodes } from '../api/account';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Note } from '../kit/note';
import { Section } from '../kit/section';
import { useAccountAction } from './use-account';

interface RecoverySectionProps {
  readonly security: OwnSecurity;
  readonly onCodes: (codes: readonly string[]) => void;
}

const FEW = 3;

/** Codes on paper, for the day the phone is lost; there only with a factor that they stand in for. */
export function RecoverySection({ security, onCodes }: RecoverySectionProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const renew = useAccountAction(
    renewRecoveryCodes,
    () => t('ownAccount.recoveryRenewed'),
    (codes) => {
      setAsking(false);
      onCodes(codes);
    },
  );
  if (security.totpSince === null && security.passkeys.length === 0) return null;
  const left = security.recoveryCodesLeft;
  return (
    <Section title={t('ownAccount.recovery')}>
      {left <= FEW ? (
        <Note tone="attention" title={t('ownAccount.recoveryLeft', { left })}>
          <p>{t('ownAccount.recoveryFew')}</p>
        </Note>
      ) : (
        <p className="prose">{t('ownAccount.recoveryLeft', { left })}</p>
      )}
      <Button onClick={() => setAsking(true)}>{t('ownAccount.recoveryRenew')}</Button>
      {isAsking && (
        <ConfirmDialog
          title={t('ownAccount.recoveryRenew')}
          action={t('ownAccount.recoveryRenew')}
          busy={renew.isPending}
          error={renew.error}
          onConfirm={() => renew.mutate(undefined)}
          onClose={() => setAsking(false)}
        >
          <p>{t('ownAccount.recoveryRenewConfirm')}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
