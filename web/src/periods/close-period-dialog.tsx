import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Input, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Calendar, closePeriod } from '../api/periods';
import { formatPeriod } from '../format/day';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { useNotice } from '../kit/use-notice';
import { daysOfMonth, lastEndedMonth } from './month.rules';

const CALENDARS: readonly Calendar[] = ['administrative', 'calendar'];
const NOTE_LENGTH = 500;

interface ClosePeriodDialogProps {
  /** A day of the month that is probably meant. */
  readonly day: string;
  readonly onClose: () => void;
}

/** Makes the figures of a month final; says which days that is before it does. */
export function ClosePeriodDialog({ day, onClose }: ClosePeriodDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const notice = useNotice();
  const client = useQueryClient();
  const [calendar, setCalendar] = useState<Calendar>('administrative');
  const [month, setMonth] = useState(() => lastEndedMonth(day, dayjs().format('YYYY-MM-DD')));
  const [note, setNote] = useState('');
  const days = daysOfMonth(calendar, month);
  const closing = useMutation({
    mutationFn: () => closePeriod({ calendar, month, ...(note.trim() && { note: note.trim() }) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['periods'] });
      notice.done(t('closing.done', { days: formatPeriod(days.from, days.to) }));
      onClose();
    },
  });
  const pick = (value: Dayjs | null) => value && setMonth(value.format('YYYY-MM'));
  return (
    <ConfirmDialog
      title={t('closing.title')}
      action={t('closing.action')}
      busy={closing.isPending}
      error={closing.error}
      onConfirm={() => closing.mutate()}
      onClose={onClose}
    >
      <Radio.Group
        aria-label={t('closing.calendar')}
        value={calendar}
        options={CALENDARS.map((value) => ({ value, label: t(`closing.calendars.${value}`) }))}
        onChange={({ target }) => setCalendar(target.value as Calendar)}
      />
      <div>
        <label htmlFor={`${id}-month`}>{t('closing.month')}</label>
        <DatePicker
          id={`${id}-month`}
          picker="month"
          format="MM/YYYY"
          allowClear={false}
          value={dayjs(`${month}-01`)}
          onChange={pick}
        />
      </div>
      <p>{t('closing.text', { days: formatPeriod(days.from, days.to) })}</p>
      <div>
        <label htmlFor={`${id}-note`}>{t('closing.note')}</label>
        <Input.TextArea
          id={`${id}-note`}
          rows={2}
          maxLength={NOTE_LENGTH}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
