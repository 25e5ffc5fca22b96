import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { verifyAccounts } from '../api/markets';
import type { Market, VerifiedHow } from '../api/types';
import { useFormat } from '../format/use-format';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { VerifiedHowField } from '../vendors/verified-how-field';
import { useNotice } from '../kit/use-notice';
import { CardStep } from './card-step';
import { useMarketAction } from './use-market-action';
import { May } from '../session/may';

/** Somebody says how the accounts were checked: a wrong digit must be caught before it is printed. */
export function VerifyStep({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const format = useFormat();
  const notice = useNotice();
  const [isOpen, setOpen] = useState(false);
  const [how, setHow] = useState<VerifiedHow>('bank_reply');
  const verify = useMarketAction(
    (way: VerifiedHow) => verifyAccounts(market.code, way),
    ({ verified }) => {
      setOpen(false);
      notice.done(t('card.verified', { count: verified, total: format.count(verified) }));
    },
  );
  const { occupied, withVerifiedAccount } = market.counts;
  const waiting = occupied - withVerifiedAccount;
  return (
    <CardStep
      no={1}
      title={t('card.verifyTitle')}
      isDone={occupied > 0 && waiting === 0}
      action={
        waiting > 0 && (
          <May do="account.verify">
            <Button onClick={() => setOpen(true)}>{t('card.verify')}</Button>
          </May>
        )
      }
    >
      <p className="soft">
        {t('card.verifyText', { verified: format.count(withVerifiedAccount), occupied: format.count(occupied) })}
      </p>
      {isOpen && (
        <ConfirmDialog
          title={t('card.verifyTitle')}
          action={t('card.verify')}
          busy={verify.isPending}
          error={verify.error}
          onConfirm={() => verify.mutate(how)}
          onClose={() => setOpen(false)}
        >
          <p>{t('card.verifyConfirm', { count: waiting, total: format.count(waiting), market: market.name })}</p>
          <VerifiedHowField value={how} onChange={setHow} />
        </ConfirmDialog>
      )}
    </CardStep>
  );
}
