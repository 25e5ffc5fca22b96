import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BankCalendar } from '../api/types';
import { daysBetween, formatDay, isWeekend } from '../format/day';
import { useFormat } from '../format/use-format';
import './calendar.css';
import { DAY_STATUS_ICONS, DAY_STATUSES } from './day-status';

/** Banks down, days across; each cell opens that bank's submissions of that day. */
export function BankCalendarTable({ calendar }: { readonly calendar: BankCalendar }) {
  const { t } = useTranslation();
  const format = useFormat();
  const days = daysBetween(calendar.from, calendar.to);
  return (
    <>
      <div className="calendar-frame" ref={showLatest} tabIndex={0} role="region" aria-label={t('nav.calendar')}>
        <table className="calendar">
          <caption className="visually-hidden">{t('calendar.lead')}</caption>
          <thead>
            <tr className="months">
              <td />
              {monthSpans(days).map(({ month, span }) => (
                <th key={month} scope="colgroup" colSpan={span}>
                  {`${month.slice(5)}/${month.slice(0, 4)}`}
                </th>
              ))}
            </tr>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('submission.bank')}</span>
              </th>
              {days.map((day) => (
                <th key={day} scope="col" className={isWeekend(day) ? 'weekend' : undefined}>
                  <span className="soft">{format.weekday(day)}</span>
                  <br />
                  <span aria-hidden>{day.slice(8)}</span>
                  <span className="visually-hidden">{formatDay(day)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {calendar.banks.map((bank) => (
              <tr key={bank.bankBin}>
                <th scope="row">{bank.bankName}</th>
                {bank.days.map(({ day, status }) => {
                  const said = `${bank.bankName}, ${formatDay(day)}: ${t(`dayStatus.${status}`)}`;
                  return (
                    <td key={day} className={isWeekend(day) ? 'weekend' : undefined}>
                      <Link
                        className={`cell ${status}`}
                        to={`/submissions?bankBin=${bank.bankBin}&from=${day}&to=${day}`}
                        title={said}
                        aria-label={said}
                      >
                        {DAY_STATUS_ICONS[status]}
                      </Link>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="calendar-legend">
        {DAY_STATUSES.map((status) => (
          <span key={status}>
            <span aria-hidden>{DAY_STATUS_ICONS[status]}</span>
            {t(`dayStatus.${status}`)}
          </span>
        ))}
      </p>
    </>
  );
}

/** Where the days do not fit, one begins with the last ones. */
function showLatest(frame: HTMLElement | null): void {
  if (frame) frame.scrollLeft = frame.scrollWidth;
}

/** Months over the days that they span, in order. */
function monthSpans(days: readonly string[]): { month: string; span: number }[] {
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  return months.map((month) => ({ month, span: days.filter((day) => day.startsWith(month)).length }));
}
