import LockOutlined from '@ant-design/icons/LockOutlined';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClosedPeriod, readClosings } from '../api/periods';
import { formatInstant, formatPeriod } from '../format/day';
import { StateTag } from '../kit/state-tag';
import { May } from '../session/may';
import type { Period } from '../totals/period.rules';

/** Asked for once a month: it comes when somebody wants to close one. */
const ClosePeriodDialog = lazy(async () => ({ default: (await import('./close-period-dialog')).ClosePeriodDialog }));

/** Which months of the shown period are final, since when and by whom; and the way to close one. */
export function ClosedPeriods({ period }: { readonly period: Period }) {
  const { t } = useTranslation();
  const [isClosing, setClosing] = useState(false);
  const query = useQuery({ queryKey: ['periods', period], queryFn: () => readClosings(period) });
  const closed = query.data?.filter(({ reopenedAt }) => reopenedAt === null) ?? [];
  return (
    <div className="row">
      {closed.map((closing) => (
        <ClosedMark key={closing.id} closing={closing} />
      ))}
      <May do="period.close">
        <Button className="no-print" icon={<LockOutlined />} onClick={() => setClosing(true)}>
          {t('closing.action')}
        </Button>
      </May>
      {isClosing && (
        <Suspense>
          <ClosePeriodDialog day={period.to} onClose={() => setClosing(false)} />
        </Suspense>
      )}
    </div>
  );
}

function ClosedMark({ closing }: { readonly closing: ClosedPeriod }) {
  const { t } = useTranslation();
  const [year, month] = closing.month.split('-');
  return (
    <StateTag tone="good" icon={<LockOutlined />}>
      {t('closing.closed', {
        month: `${month}/${year}`,
        days: formatPeriod(closing.from, closing.to),
        name: closing.closedBy,
        at: formatInstant(closing.closedAt),
      })}
    </StateTag>
  );
}
