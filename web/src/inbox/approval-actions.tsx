import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approve, refuse, withdrawApproval } from '../api/approvals';
import type { Approval } from '../api/types';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { ReasonDialog } from '../kit/reason-dialog';
import { useSentence } from './use-sentence';
import { useDecision } from './use-decision';

type Open = 'approve' | 'refuse' | 'withdraw' | null;

/** What may still be done with a request: decided by a second person, or taken back by the first. */
export function ApprovalActions({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  if (!approval.mayDecide && !(approval.mine && approval.state === 'pending')) return null;
  return (
    <div className="row no-print">
      {approval.mayDecide && (
        <>
          <Button type="primary" onClick={() => setOpen('approve')}>
            {t('inbox.approve')}
          </Button>
          <Button onClick={() => setOpen('refuse')}>{t('inbox.refuse')}</Button>
        </>
      )}
      {approval.mine && <Button onClick={() => setOpen('withdraw')}>{t('inbox.withdraw')}</Button>}
      {open === 'approve' && <ApproveDialog approval={approval} onClose={close} />}
      {open === 'refuse' && <RefuseDialog approval={approval} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog approval={approval} onClose={close} />}
    </div>
  );
}

interface DialogProps {
  readonly approval: Approval;
  readonly onClose: () => void;
}

function ApproveDialog({ approval, onClose }: DialogProps) {
  const { t } = useTranslation();
  const say = useSentence();
  const decision = useDecision(() => approve(approval.id), t('inbox.approved'), onClose);
  return (
    <ConfirmDialog
      title={t('inbox.approveTitle')}
      action={t('inbox.approve')}
      busy={decision.isPending}
      error={decision.error}
      onConfirm={() => decision.mutate(undefined)}
      onClose={onClose}
    >
      <p>{say(approval.sentence)}</p>
      <p className="soft">{t('inbox.approveHelp', { name: approval.requestedBy })}</p>
    </ConfirmDialog>
  );
}

function RefuseDialog({ approval, onClose }: DialogProps) {
  const { t } = useTranslation();
  const decision = useDecision((reason: string) => refuse(approval.id, reason), t('inbox.refused'), onClose);
  return (
    <ReasonDialog
      title={t('inbox.refuseTitle')}
      action={t('inbox.refuse')}
      danger
      busy={decision.isPending}
      error={decision.error}
      onConfirm={(reason) => decision.mutate(reason)}
      onClose={onClose}
    >
      <p>{t('inbox.refuseHelp', { name: approval.requestedBy })}</p>
    </ReasonDialog>
  );
}

function WithdrawDialog({ approval, onClose }: DialogProps) {
  const { t } = useTranslation();
  const decision = useDecision(() => withdrawApproval(approval.id), t('inbox.withdrawn'), onClose);
  return (
    <ConfirmDialog
      title={t('inbox.withdrawTitle')}
      action={t('inbox.withdraw')}
      busy={decision.isPending}
      error={decision.error}
      onConfirm={() => decision.mutate(undefined)}
      onClose={onClose}
    >
      <p>{t('inbox.withdrawHelp')}</p>
    </ConfirmDialog>
  );
}
