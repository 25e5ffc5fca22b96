import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { type OwnRecord, readMine, withdrawMyConsent } from '../api/privacy';
import { formatDay, formatInstant } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { Note } from '../kit/note';
import { QueryView } from '../kit/query-view';
import { EntryFrame } from '../session/entry-frame';
import { AskForm } from './ask-form';
import './mine.css';

/** A vendor's own page: on a phone, large, plain; the link's secret stands behind `#` and is sent in a header only. */
export function MinePage() {
  const { t } = useTranslation();
  const token = useLocation().hash.replace(/^#/, '');
  const query = useQuery({ queryKey: ['mine', token], enabled: token !== '', queryFn: () => readMine(token) });
  useEffect(() => {
    document.title = `${t('mine.title')} · ${t('app.name')}`;
  }, [t]);
  return (
    <EntryFrame title={query.data?.fullName ?? t('mine.title')} lead={t('mine.lead')}>
      {token === '' ? (
        <Note tone="attention" title={t('mine.noToken')}>
          <p>{t('mine.noTokenText')}</p>
        </Note>
      ) : (
        <QueryView query={query} lines={6}>
          {(record) => <Mine token={token} record={record} />}
        </QueryView>
      )}
    </EntryFrame>
  );
}

function Mine({ token, record }: { readonly token: string; readonly record: OwnRecord }) {
  const { t } = useTranslation();
  return (
    <div className="mine">
      <section>
        <h2>{t('mine.stalls')}</h2>
        {record.stalls.length === 0 && <p className="soft">{t('mine.noStalls')}</p>}
        <ul>
          {record.stalls.map((stall) => (
            <li key={stall.stallCode}>
              <strong>{stall.number}</strong>, {stall.marketName}
              <div className="soft">
                <span className="code">{stall.stallCode}</span> · {t('mine.since', { day: formatDay(stall.fromDay) })}
              </div>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t('mine.codes')}</h2>
        <ul>
          {record.codes.map((code) => (
            <li key={code.serial}>
              <strong>{code.bankName}</strong> {code.accountMasked}
              <div className="soft">
                {t('mine.serial', { serial: code.serial })} · {t(`mine.codeState.${code.state}`)}
              </div>
            </li>
          ))}
        </ul>
        <p className="soft">{t('mine.codesText')}</p>
      </section>
      <Consents token={token} record={record} />
      <section>
        <h2>{t('mine.ask')}</h2>
        <ul>
          {record.requests.map((request) => (
            <li key={request.id}>
              <strong>{t(`privacy.kinds.${request.kind}`)}</strong>, {formatDay(request.receivedOn)}
              <div className="soft">{request.answer ?? t('mine.answerBy', { day: formatDay(request.dueOn) })}</div>
            </li>
          ))}
        </ul>
        <AskForm token={token} />
      </section>
    </div>
  );
}

function Consents({ token, record }: { readonly token: string; readonly record: OwnRecord }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<string | null>(null);
  const withdraw = useMutation({
    mutationFn: (id: string) => withdrawMyConsent(token, id),
    onSuccess: () => {
      setAsked(null);
      void client.invalidateQueries({ queryKey: ['mine'] });
    },
  });
  return (
    <section>
      <h2>{t('mine.consents')}</h2>
      {record.consents.length === 0 && <p className="soft">{t('mine.noConsents')}</p>}
      <ul>
        {record.consents.map((consent) => (
          <li key={consent.id}>
            <strong>{t(`consentPurpose.${consent.purpose}`)}</strong>
            <div className="soft">{t('mine.given', { at: formatInstant(consent.givenAt) })}</div>
            {consent.withdrawnAt ? (
              <div className="soft">{t('mine.withdrawn', { at: formatInstant(consent.withdrawnAt) })}</div>
            ) : (
              <Button size="large" onClick={() => setAsked(consent.id)}>
                {t('consent.withdraw')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t('consent.withdraw')}
          action={t('consent.withdraw')}
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate(asked)}
          onClose={() => setAsked(null)}
        >
          <p>{t('mine.withdrawText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
