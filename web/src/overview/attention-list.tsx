import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttentionKind, Overview } from '../api/types';
import { useFormat } from '../format/use-format';
import { Section } from '../kit/section';
import './attention.css';

/** Each opens where it is solved. */
const SOLVED_AT: Record<AttentionKind, string> = {
  suspense_lines: '/submissions/suspense',
  missing_reports: '/submissions/calendar',
  rejected_submissions: '/submissions?state=REJECTED',
  accounts_to_verify: '/markets',
};

/** What waits for a person. */
export function AttentionList({ attention }: { readonly attention: Overview['attention'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const waiting = attention.filter((item) => item.count > 0);
  return (
    <div className="attention-list">
      <Section title={t('attention.title')}>
        {waiting.length === 0 && <p className="soft">{t('attention.nothing')}</p>}
        <ul>
          {waiting.map((item) => (
            <li key={item.kind}>
              <Link to={SOLVED_AT[item.kind]}>
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
