import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Coverage } from '../api/types';
import { formatDayShort, formatInstant } from '../format/day';
import { useFormat } from '../format/use-format';
import { Note } from '../kit/note';
import { missingReports } from './coverage.rules';

/** Days named per institution before the rest is summed up. */
const NAMED_DAYS = 8;

/** How complete a total is; stands beside every total, always. */
export function CoverageLine({
  coverage,
  from,
  to,
}: {
  readonly coverage: Coverage;
  readonly from: string;
  readonly to: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = missingReports(coverage);
  const reported = t('coverage.reported', {
    received: format.count(coverage.receivedReports),
    expected: format.count(coverage.expectedReports),
    banks: format.count(coverage.expectedBanks),
  });
  return (
    <Note
      tone={missing > 0 ? 'attention' : 'plain'}
      title={missing > 0 ? t('coverage.incomplete') : t('coverage.complete')}
    >
      <p>
        {reported}{' '}
        {t('coverage.suspense', {
          share: format.share(coverage.suspenseShare),
          amount: format.vnd(coverage.suspenseAmount),
        })}{' '}
        <span className="soft">{t('coverage.asOf', { instant: formatInstant(coverage.asOf) })}</span>
      </p>
      {coverage.missing.map((bank) => (
        <p key={bank.bankBin}>
          {t('coverage.missing', {
            bank: bank.bankName,
            days: bank.days.slice(0, NAMED_DAYS).map(formatDayShort).join(', '),
          })}
          {bank.days.length > NAMED_DAYS && ` ${t('coverage.more', { count: bank.days.length - NAMED_DAYS })}`}
        </p>
      ))}
      {missing > 0 && (
        <p className="no-print">
          <Link to={`/submissions/calendar?from=${from}&to=${to}`}>{t('coverage.calendar')}</Link>
        </p>
      )}
    </Note>
  );
}
