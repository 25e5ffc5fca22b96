import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntryRow } from '../api/types';
import { formatMoment } from '../format/day';
import type { Column } from '../kit/data-table';
import { RecordLink } from './record-link';
import { useAuditWords } from './use-audit-words';

/** Columns of the trail. */
export function useAuditColumns(): Column<AuditEntryRow>[] {
  const { t } = useTranslation();
  const words = useAuditWords();
  return useMemo(
    () => [
      {
        key: 'action',
        title: t('audit.action'),
        rowHeader: true,
        render: (row) => <Link to={`/audit/${row.id}`}>{words.action(row.action)}</Link>,
      },
      {
        key: 'at',
        title: t('audit.at'),
        render: (row) => <time dateTime={row.at}>{formatMoment(row.at)}</time>,
      },
      { key: 'actor', title: t('audit.actor'), render: (row) => words.actor(row.actor) },
      {
        key: 'subject',
        title: t('audit.subject'),
        render: (row) => (
          <>
            {words.subject(row.subject.type)}{' '}
            <RecordLink subject={row.subject}>
              {row.subject.name ?? <span className="audit-id">{row.subject.id}</span>}
            </RecordLink>
          </>
        ),
      },
      { key: 'reason', title: t('audit.reason'), render: (row) => row.reason },
      { key: 'address', title: t('audit.address'), render: (row) => row.address },
    ],
    [t, words],
  );
}
