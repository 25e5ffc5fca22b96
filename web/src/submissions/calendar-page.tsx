import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readCalendar } from '../api/submissions';
import { dayOf, formatPeriod } from '../format/day';
import { EmptyNote } from '../kit/empty-note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { useUrlState } from '../kit/use-url-state';
import { PeriodPicker } from '../totals/period-picker';
import { periodFrom } from '../totals/period.rules';
import { BankCalendarTable } from './bank-calendar-table';

/** Which bank has reported which day. */
export function CalendarPage() {
  const { t } = useTranslation();
  const { get, set } = useUrlState();
  const period = periodFrom(get('from'), get('to'), dayOf(new Date()));
  const query = useQuery({
    queryKey: ['calendar', period],
    queryFn: () => readCalendar(period.from, period.to),
  });
  return (
    <Page title={t('nav.calendar')} lead={t('calendar.lead')}>
      <div className="stack">
        <PeriodPicker period={period} onChange={({ from, to }) => set({ from, to })} />
        <Section title={formatPeriod(period.from, period.to)}>
          <QueryView query={query} lines={6}>
            {(calendar) =>
              calendar.banks.length === 0 ? (
                <EmptyNote title={t('calendar.emptyTitle')}>{t('calendar.emptyText')}</EmptyNote>
              ) : (
                <BankCalendarTable calendar={calendar} />
              )
            }
          </QueryView>
        </Section>
      </div>
    </Page>
  );
}
