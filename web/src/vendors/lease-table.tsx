import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lease } from '../api/types';
import { formatDay } from '../format/day';
import { type Column, DataTable } from '../kit/data-table';

interface LeaseTableProps {
  readonly leases: readonly Lease[];
  /** On a vendor's page the stall is of interest, on a stall's page the vendor. */
  readonly show: 'stall' | 'vendor';
}

/** Who sold where from which day to which: appended, never rewritten. */
export function LeaseTable({ leases, show }: LeaseTableProps) {
  const { t } = useTranslation();
  if (leases.length === 0) return <p className="soft">{t('vendor.noLeases')}</p>;
  const what: Column<Lease> =
    show === 'stall'
      ? {
          key: 'stall',
          title: t('stall.number'),
          render: (lease) => (
            <Link to={`/markets/${lease.marketCode}/stalls/${lease.stallCode}`}>
              {lease.stallNumber}, {lease.marketName}
            </Link>
          ),
        }
      : {
          key: 'vendor',
          title: t('stall.vendor'),
          render: (lease) => <Link to={`/vendors/${lease.vendorId}`}>{lease.vendorName}</Link>,
        };
  const columns: Column<Lease>[] = [
    what,
    {
      key: 'from',
      title: t('period.from'),
      render: (lease) => (
        <>
          {formatDay(lease.fromDay)}
          {!lease.fromDayKnown && <div className="soft">{t('vendor.fromDayUnknown')}</div>}
        </>
      ),
    },
    {
      key: 'to',
      title: t('period.to'),
      render: (lease) => (lease.toDay ? formatDay(lease.toDay) : t('vendor.running')),
    },
    { key: 'note', title: t('vendor.note'), render: (lease) => lease.note },
  ];
  return <DataTable caption={t('vendor.leases')} columns={columns} rows={leases} rowKey={(lease) => lease.id} />;
}
