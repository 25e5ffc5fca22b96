import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttentionKind, Overview } from '../api/types';
import { useFormat } from '../format/use-format';
import { Section } from '../kit/section';
import './attention.css';

/** Each opens where it is solved. */
const SOLVED_AT: Record<AttentionKind, (period: string) => string> = {
  suspense_lines: (period) => `/submissions/suspense?${period}`,
  missing_reports: (period) => `/submissions/calendar?${period}`,
  rejected_submissions: (period) => `/submissions?state=REJECTED&${period}`,
  accounts_to_verify: () => '/markets',
};

/** What waits for a person. */
export function AttentionList({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { attention, takings } = overview;
  const period = `from=${takings.from}&to=${takings.to}`;
  const waiting = attention.filter((item) => item.count > 0);
  return (
    <div className="attention-list">
      <Section title={t('attention.title')}>
        {waiting.length === 0 && <p className="soft">{t('attention.nothing')}</p>}
        <ul>
          {waiting.map((item) => (
            <li key={item.kind}>
              <Link to={SOLVED_AT[item.kind](period)}>
                <strong>{format.count(item.count)}</strong>
                <span>{t(`attention.${item.kind}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
