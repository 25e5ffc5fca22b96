import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { readStall } from '../api/markets';
import type { Stall } from '../api/types';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import { type Column, DataTable } from '../kit/data-table';
import { EditLink } from '../kit/edit-link';
import { Facts } from '../kit/facts';
import { Note } from '../kit/note';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { LeaseTable } from '../vendors/lease-table';
import { AccountChangeAction } from './account-change-action';
import { ReissueAction } from './reissue-action';
import { StallStateTag } from './stall-state-tag';
import { May } from '../session/may';

type Assignment = Stall['payoutAssignments'][number];

/** One stall with its dated chain: who sold here, where the money went, which code hangs here now. */
export function StallPage() {
  const { t } = useTranslation();
  const { stallCode = '' } = useParams();
  const query = useQuery({ queryKey: ['stall', stallCode], queryFn: () => readStall(stallCode) });
  return (
    <QueryView query={query} lines={10}>
      {(stall) => (
        <div className="stack">
          {stall.pendingAccountChange && <PendingChange />}
          <Section title={`${stall.number} · ${stall.code}`} aside={<StallActions stall={stall} />}>
            <StallFacts stall={stall} />
          </Section>
          <Section title={t('stall.leases')}>
            <LeaseTable leases={stall.leases} show="vendor" />
          </Section>
          <Section title={t('stall.assignments')}>
            <AssignmentTable assignments={stall.payoutAssignments} />
          </Section>
        </div>
      )}
    </QueryView>
  );
}

function StallActions({ stall }: { readonly stall: Stall }) {
  const { t } = useTranslation();
  return (
    <div className="row no-print">
      {stall.state !== 'closed' && (
        <May do="stall.write">
          <EditLink to="edit" name={t('stall.edit')} />
        </May>
      )}
      {stall.state !== 'closed' && (
        <May do="account.assign">
          <AccountChangeAction stall={stall} />
        </May>
      )}
      {stall.qr && (
        <May do="code.reissue">
          <ReissueAction stall={stall} />
        </May>
      )}
    </div>
  );
}

/** The money goes where it went until another person has decided. */
function PendingChange() {
  const { t } = useTranslation();
  return (
    <Note tone="attention" title={t('accountChange.pending')}>
      <p>{t('accountChange.pendingText')}</p>
      <p className="no-print">
        <Link to="/inbox">{t('inbox.open')}</Link>
      </p>
    </Note>
  );
}

function StallFacts({ stall }: { readonly stall: Stall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { qr } = stall;
  return (
    <Facts
      facts={[
        { name: t('stall.state'), value: <StallStateTag state={stall.state} /> },
        { name: t('stall.zone'), value: stall.zoneName },
        { name: t('stall.tradeLine'), value: stall.tradeLine },
        { name: t('market.area'), value: stall.areaM2 && format.area(stall.areaM2) },
        { name: t('stall.fixed'), value: t(stall.fixed ? 'app.yes' : 'app.no') },
        { name: t('stall.soundbox'), value: t(stall.soundbox ? 'app.yes' : 'app.no') },
        { name: t('stall.openedOn'), value: formatDay(stall.openedOn) },
        {
          name: t('stall.qr'),
          value: qr && `${qr.serial}, ${t('stall.qrIssued', { no: qr.issueNo, day: formatDay(qr.issuedOn) })}`,
        },
      ]}
    />
  );
}

function AssignmentTable({ assignments }: { readonly assignments: readonly Assignment[] }) {
  const { t } = useTranslation();
  if (assignments.length === 0) return <p className="soft">{t('stall.noAccount')}</p>;
  const columns: Column<Assignment>[] = [
    {
      key: 'account',
      title: t('stall.account'),
      render: (assignment) => <span className="code">{`${assignment.bankBin} · ${assignment.accountMasked}`}</span>,
    },
    { key: 'from', title: t('period.from'), render: (assignment) => formatDay(assignment.fromDay) },
    {
      key: 'to',
      title: t('period.to'),
      render: (assignment) => (assignment.toDay ? formatDay(assignment.toDay) : t('vendor.running')),
    },
  ];
  return (
    <DataTable
      caption={t('stall.assignments')}
      columns={columns}
      rows={assignments}
      rowKey={(assignment) => assignment.id}
    />
  );
}
