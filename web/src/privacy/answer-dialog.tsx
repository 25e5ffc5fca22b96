import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerDataRequest, type DataRequest, type RequestOutcome } from '../api/privacy';
import { ReasonDialog } from '../kit/reason-dialog';
import { useNotice } from '../kit/use-notice';

const OUTCOMES: readonly RequestOutcome[] = ['answered', 'refused', 'withdrawn'];

interface AnswerDialogProps {
  readonly request: DataRequest;
  readonly onClose: () => void;
}

/** What was answered and how; the clock stops. */
export function AnswerDialog({ request, onClose }: AnswerDialogProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<RequestOutcome>('answered');
  const save = useMutation({
    mutationFn: (text: string) => answerDataRequest(request.id, outcome, text),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['data-requests'] });
      notice.done(t('privacy.answered', { name: request.subjectName }));
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('privacy.answerTitle', { name: request.subjectName })}
      action={t('privacy.doAnswer')}
      busy={save.isPending}
      error={save.error}
      onConfirm={(text) => save.mutate(text)}
      onClose={onClose}
    >
      <p>{request.details}</p>
      <Radio.Group
        vertical
        aria-label={t('privacy.outcome')}
        value={outcome}
        onChange={(event) => setOutcome(event.target.value as RequestOutcome)}
        options={OUTCOMES.map((value) => ({ value, label: t(`privacy.outcomes.${value}`) }))}
      />
    </ReasonDialog>
  );
}
