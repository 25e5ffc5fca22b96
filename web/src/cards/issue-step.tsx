import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issueCodes } from '../api/cards';
import type { QrIssueResult, Market } from '../api/types';
import { useFormat } from '../format/use-format';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Note } from '../kit/note';
import { useNotice } from '../kit/use-notice';
import { CardStep } from './card-step';
import { useMarketAction } from './use-market-action';
import { May } from '../session/may';

/** Gives a code to every occupied stall with a verified account that has none yet. */
export function IssueStep({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const format = useFormat();
  const notice = useNotice();
  const [isOpen, setOpen] = useState(false);
  const issue = useMarketAction(
    () => issueCodes(market.code),
    ({ issued }) => {
      setOpen(false);
      notice.done(t('card.issued', { count: issued, total: format.count(issued) }));
    },
  );
  const { withVerifiedAccount, withQr, occupied } = market.counts;
  const waiting = Math.max(0, withVerifiedAccount - withQr);
  return (
    <CardStep
      no={2}
      title={t('card.issueTitle')}
      isDone={withQr > 0 && withQr >= occupied}
      action={
        waiting > 0 && (
          <May do="code.issue">
            <Button type="primary" onClick={() => setOpen(true)}>
              {t('card.issue')}
            </Button>
          </May>
        )
      }
    >
      <p className="soft">
        {t('card.issueText', { withQr: format.count(withQr), verified: format.count(withVerifiedAccount) })}
      </p>
      {issue.data && <Skipped result={issue.data} />}
      {isOpen && (
        <ConfirmDialog
          title={t('card.issueTitle')}
          action={t('card.issue')}
          busy={issue.isPending}
          error={issue.error}
          onConfirm={() => issue.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>{t('card.issueConfirm', { count: waiting, total: format.count(waiting), market: market.name })}</p>
        </ConfirmDialog>
      )}
    </CardStep>
  );
}

/** Named before the rest is summed up. */
const NAMED = 10;

function Skipped({ result }: { readonly result: QrIssueResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (result.skipped.length === 0) return null;
  return (
    <Note tone="attention" title={t('card.skipped', { count: result.skipped.length })}>
      <ul>
        {result.skipped.slice(0, NAMED).map((stall) => (
          <li key={stall.stallCode}>
            {stall.stallNumber}: {format.language === 'en' ? stall.messageEn : stall.message}
          </li>
        ))}
      </ul>
      {result.skipped.length > NAMED && <p>{t('coverage.more', { count: result.skipped.length - NAMED })}</p>}
    </Note>
  );
}
