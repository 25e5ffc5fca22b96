import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonDialog } from '../kit/reason-dialog';
import { May } from '../session/may';
import { SHOWN_SECONDS, useReveal } from './use-reveal';
import './revealed-value.css';

interface RevealedValueProps {
  /** What it is called, in the middle of a sentence. */
  readonly name: string;
  readonly masked: string;
  readonly reveal: (reason: string) => Promise<string>;
}

/** As the server takes it. */
const LEAST_REASON = 10;

/** A masked identifier with the way to see it whole, for those who may: a reason, which is recorded, then a minute. */
export function RevealedValue({ name, masked, reveal }: RevealedValueProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { ask, hide, shown, error, busy } = useReveal(reveal);
  const close = () => {
    setAsking(false);
    hide();
  };
  return (
    <span className="revealed-value">
      <span className="code" aria-live="polite">
        {shown ?? masked}
      </span>
      {shown === undefined ? (
        <May do="personal_data.reveal">
          <Button size="small" aria-label={t('reveal.actionOf', { name })} onClick={() => setAsking(true)}>
            {t('reveal.action')}
          </Button>
        </May>
      ) : (
        <>
          <Button size="small" onClick={hide}>
            {t('reveal.hide')}
          </Button>
          <span className="soft">{t('reveal.shown', { seconds: SHOWN_SECONDS })}</span>
        </>
      )}
      {asking && (
        <ReasonDialog
          title={t('reveal.title', { name })}
          action={t('reveal.action')}
          least={LEAST_REASON}
          busy={busy}
          error={error}
          onConfirm={(reason) => ask(reason, { onSuccess: () => setAsking(false) })}
          onClose={close}
        >
          <p>{t('reveal.effect', { name })}</p>
        </ReasonDialog>
      )}
    </span>
  );
}
