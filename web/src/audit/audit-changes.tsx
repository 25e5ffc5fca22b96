import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../api/types';
import { type Column, DataTable } from '../kit/data-table';
import { type ChangedField, changesOf, type FieldValue } from './audit-changes.rules';
import { useAuditWords } from './use-audit-words';

/** What was recorded of the record: before and after, side by side; masked as it was written. */
export function AuditChanges({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const rows = changesOf(entry.before, entry.after);
  if (rows.length === 0) return <p className="soft">{t('audit.nothingRecorded')}</p>;
  const columns: Column<ChangedField>[] = [
    { key: 'field', title: t('audit.field'), render: (row) => words.field(row.field) },
    {
      key: 'before',
      title: t('audit.before'),
      render: (row) => <Value value={row.before} change={row.isChanged ? 'was' : undefined} />,
    },
    {
      key: 'after',
      title: t('audit.after'),
      render: (row) => <Value value={row.after} change={row.isChanged ? 'is' : undefined} />,
    },
  ];
  const shown = columns.filter(({ key }) => key === 'field' || entry[key as 'before' | 'after'] !== null);
  return <DataTable caption={t('audit.changes')} columns={shown} rows={rows} rowKey={(row) => row.field} />;
}

interface ValueProps {
  readonly value: FieldValue | null;
  readonly change: 'was' | 'is' | undefined;
}

/** Also for those who do not see colours: what was is struck out, what is is marked. */
function Value({ value, change }: ValueProps) {
  const { t } = useTranslation();
  if (value === null || value.kind === 'none') return <span className="soft">{t('audit.none')}</span>;
  const text = value.kind === 'text' ? value.text : t(value.kind === 'yes' ? 'app.yes' : 'app.no');
  if (change === 'was') return <del className="audit-value">{text}</del>;
  if (change === 'is') return <ins className="audit-value">{text}</ins>;
  return <span className="audit-value">{text}</span>;
}
