import type { TFunction } from 'i18next';
import type { Totals } from '../api/types';
import { formatInstant } from '../format/day';
import type { Format } from '../format/use-format';

/** Unit, coverage and time of a total, for a picture that leaves the page. */
export function pictureNote({ coverage }: Totals, format: Format, t: TFunction): string {
  return [
    t('chart.unit'),
    t('coverage.reported', {
      received: format.count(coverage.receivedReports),
      expected: format.count(coverage.expectedReports),
      banks: format.count(coverage.expectedBanks),
    }),
    `${t('chart.hatched')}.`,
    t('coverage.asOf', { instant: formatInstant(coverage.asOf) }),
  ].join(' ');
}
