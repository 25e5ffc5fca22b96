import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reissueMarket } from '../api/cards';
import type { Market } from '../api/types';
import { ReasonDialog } from '../kit/reason-dialog';
import { useNotice } from '../kit/use-notice';
import { useMarketAction } from './use-market-action';

/** All cards of a market are printed anew: asked for here, decided by a second person. */
export function ReissueMarketAction({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [isOpen, setOpen] = useState(false);
  const reissue = useMarketAction(
    (reason: string) => reissueMarket(market.code, reason),
    () => {
      setOpen(false);
      notice.done(t('inbox.asked'));
    },
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('reissueMany.action')}</Button>
      {isOpen && (
        <ReasonDialog
          title={t('reissueMany.title', { market: market.name })}
          action={t('accountChange.send')}
          danger
          busy={reissue.isPending}
          error={reissue.error}
          onConfirm={(reason) => reissue.mutate(reason)}
          onClose={() => setOpen(false)}
        >
          <p>{t('reissueMany.text')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
