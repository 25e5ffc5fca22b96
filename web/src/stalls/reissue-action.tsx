import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isWaiting } from '../api/approvals';
import { reissueCode } from '../api/cards';
import type { Stall } from '../api/types';
import { ReasonDialog } from '../kit/reason-dialog';
import { useVendorAction } from '../vendors/use-vendor-action';

/** A lost or broken card: a new code for the stall, and the old one ends everywhere. */
export function ReissueAction({ stall }: { readonly stall: Stall }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const reissue = useVendorAction(
    (reason: string) => reissueCode(stall.code, reason),
    (done) => (isWaiting(done) ? t('inbox.asked') : t('stall.reissued', { stall: stall.number })),
    () => setOpen(false),
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('stall.reissue')}</Button>
      {isOpen && (
        <ReasonDialog
          title={t('stall.reissue')}
          action={t('stall.reissue')}
          danger
          busy={reissue.isPending}
          error={reissue.error}
          onConfirm={(reason) => reissue.mutate(reason)}
          onClose={() => setOpen(false)}
        >
          <p>{t('stall.reissueConfirm', { stall: stall.number, serial: stall.qr?.serial ?? '' })}</p>
        </ReasonDialog>
      )}
    </>
  );
}
