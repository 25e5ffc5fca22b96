import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BankKey, collectBankKey, type IssuedBankKey, type KeyStep, moveBankKey } from '../api/bank-clients';
import { formatInstant } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { type Column, DataTable } from '../kit/data-table';
import { TimeAgo } from '../kit/time-ago';
import { useNotice } from '../kit/use-notice';
import { useMay } from '../session/use-session';
import './bank-clients.css';
import { KEY_STEPS } from './bank-key.rules';
import { IssuedKeyDialog } from './issued-key-dialog';
import { KeyStateTag } from './key-state-tag';
import { useBankClientAction } from './use-bank-client-action';

type Asked = { readonly key: BankKey; readonly step: KeyStep | 'collect' };

/** Keys of one environment, newest first, and what may be done to each. */
export function BankKeyTable({ bin, keys }: { readonly bin: string; readonly keys: readonly BankKey[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [issued, setIssued] = useState<IssuedBankKey | null>(null);
  const columns: Column<BankKey>[] = [
    { key: 'id', title: t('bankKey.id'), render: (key) => <span className="key-id">{key.keyId}</span> },
    { key: 'alg', title: t('bankKey.algorithm'), render: (key) => t(`bankKey.alg.${key.alg}`) },
    { key: 'state', title: t('bankKey.stateTitle'), render: (key) => <KeyState bankKey={key} /> },
    { key: 'created', title: t('bankKey.createdAt'), render: (key) => formatInstant(key.createdAt) },
    {
      key: 'used',
      title: t('bankKey.lastUsedAt'),
      render: (key) => (key.lastUsedAt ? <TimeAgo instant={key.lastUsedAt} /> : t('bankClient.never')),
    },
  ];
  if (may('bank_client.manage')) {
    columns.push({
      key: 'actions',
      title: t('bankKey.actions'),
      render: (key) => <KeyButtons bankKey={key} onAsk={(step) => setAsked({ key, step })} />,
    });
  }
  return (
    <>
      <DataTable caption={t('bankClient.liveKeys')} columns={columns} rows={keys} rowKey={(key) => key.keyId} />
      {asked?.step === 'collect' && (
        <CollectDialog bin={bin} bankKey={asked.key} onIssued={setIssued} onClose={() => setAsked(null)} />
      )}
      {asked && asked.step !== 'collect' && (
        <StepDialog bin={bin} bankKey={asked.key} step={asked.step} onClose={() => setAsked(null)} />
      )}
      {issued && <IssuedKeyDialog issued={issued} onClose={() => setIssued(null)} />}
    </>
  );
}

function KeyState({ bankKey: { state, collectUntil } }: { readonly bankKey: BankKey }) {
  const { t } = useTranslation();
  return (
    <>
      <KeyStateTag state={state} />
      {collectUntil && (
        <span className="soft"> {t('bankKey.collectUntil', { instant: formatInstant(collectUntil) })}</span>
      )}
    </>
  );
}

interface KeyButtonsProps {
  readonly bankKey: BankKey;
  readonly onAsk: (step: Asked['step']) => void;
}

function KeyButtons({ bankKey, onAsk }: KeyButtonsProps) {
  const { t } = useTranslation();
  return (
    <span className="row">
      {bankKey.mayCollect && (
        <Button size="small" type="primary" onClick={() => onAsk('collect')}>
          {t('bankKey.collect')}
        </Button>
      )}
      {KEY_STEPS[bankKey.state].map((step) => (
        <Button key={step} size="small" onClick={() => onAsk(step)}>
          {t(`bankKey.${step}`)}
        </Button>
      ))}
    </span>
  );
}

interface StepDialogProps {
  readonly bin: string;
  readonly bankKey: BankKey;
  readonly step: KeyStep;
  readonly onClose: () => void;
}

function StepDialog({ bin, bankKey: { keyId }, step, onClose }: StepDialogProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const move = useBankClientAction(
    () => moveBankKey(bin, keyId, step),
    () => {
      onClose();
      notice.done(t(`bankKey.done.${step}`));
    },
  );
  return (
    <ConfirmDialog
      title={t(`bankKey.${step}`)}
      action={t(`bankKey.${step}`)}
      danger={step === 'retire'}
      busy={move.isPending}
      error={move.error}
      onConfirm={() => move.mutate(undefined)}
      onClose={onClose}
    >
      <p className="key-id">{keyId}</p>
      <p>{t(`bankKey.${step}Text`)}</p>
    </ConfirmDialog>
  );
}

interface CollectDialogProps {
  readonly bin: string;
  readonly bankKey: BankKey;
  readonly onIssued: (issued: IssuedBankKey) => void;
  readonly onClose: () => void;
}

function CollectDialog({ bin, bankKey: { keyId }, onIssued, onClose }: CollectDialogProps) {
  const { t } = useTranslation();
  const collect = useBankClientAction(
    () => collectBankKey(bin, keyId),
    (issued) => {
      onClose();
      onIssued(issued);
    },
  );
  return (
    <ConfirmDialog
      title={t('bankKey.collectTitle', { keyId })}
      action={t('bankKey.collect')}
      busy={collect.isPending}
      error={collect.error}
      onConfirm={() => collect.mutate(undefined)}
      onClose={onClose}
    >
      <p>{t('bankKey.collectText')}</p>
    </ConfirmDialog>
  );
}
