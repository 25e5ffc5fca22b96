import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StallRow } from '../api/types';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import type { Column } from '../kit/data-table';
import { AccountCell } from './account-cell';
import { StallStateTag } from './stall-state-tag';

/** Columns of a market's list of stalls. */
export function useStallColumns(): Column<StallRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'number',
        title: t('stall.number'),
        rowHeader: true,
        render: (stall) => (
          <>
            <Link to={stall.code}>{stall.number}</Link>
            <div className="soft code">{stall.code}</div>
          </>
        ),
      },
      { key: 'zone', title: t('stall.zone'), render: (stall) => stall.zoneName },
      {
        key: 'trade',
        title: t('stall.tradeLine'),
        render: (stall) =>
          stall.tradeLine && (
            <>
              {stall.tradeLine} {stall.areaM2 && <span className="soft nowrap">· {format.area(stall.areaM2)}</span>}
            </>
          ),
      },
      {
        key: 'vendor',
        title: t('stall.vendor'),
        render: (stall) =>
          stall.vendor ? (
            <>
              <Link to={`/vendors/${stall.vendor.id}`}>{stall.vendor.fullName}</Link>
              {stall.leaseFrom && (
                <div className="soft nowrap">{t('stall.since', { day: formatDay(stall.leaseFrom) })}</div>
              )}
            </>
          ) : (
            <span className="soft">{t('stall.noVendor')}</span>
          ),
      },
      {
        key: 'account',
        title: t('stall.account'),
        render: (stall) =>
          stall.account ? (
            <AccountCell account={stall.account} />
          ) : (
            <span className="soft">{t('stall.noAccount')}</span>
          ),
      },
      {
        key: 'qr',
        title: t('stall.qr'),
        render: (stall) =>
          stall.qr ? (
            <>
              <span className="code">{stall.qr.serial}</span>
              <div className="soft nowrap">
                {t('stall.qrIssued', { no: stall.qr.issueNo, day: formatDay(stall.qr.issuedOn) })}
              </div>
            </>
          ) : (
            <span className="soft">{t('stall.noQr')}</span>
          ),
      },
      { key: 'state', title: t('stall.state'), render: (stall) => <StallStateTag state={stall.state} /> },
    ],
    [t, format],
  );
}
