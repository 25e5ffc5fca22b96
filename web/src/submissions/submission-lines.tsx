import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { listLines, type LinesQuery } from '../api/submissions';
import type { SubmissionLineItem } from '../api/types';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { type Column, DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Section } from '../kit/section';
import { useUrlState } from '../kit/use-url-state';
import { useLineColumns } from './use-line-columns';

const STATUSES = ['suspense', 'market_only', 'attributed'] as const;
const CHOICES = [...STATUSES, 'all'] as const;

/** The lines as they came, each with what became of it; those in suspense first of interest. */
export function SubmissionLines({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { oneOf, set } = useUrlState();
  const status = oneOf('status', CHOICES) ?? 'suspense';
  const load = useCallback((query: LinesQuery, signal?: AbortSignal) => listLines(id, query, signal), [id]);
  const pages = usePages(['submission-lines', id], load, {
    status: status === 'all' ? undefined : status,
  });
  const columns: Column<SubmissionLineItem>[] = [
    { key: 'line', title: t('submission.line'), isTitled: true, render: (line) => format.count(line.line) },
    ...useLineColumns<SubmissionLineItem>(),
  ];
  return (
    <Section title={t('submission.linesTitle')}>
      <div className="toolbar no-print">
        <ChoiceField
          label={t('submission.status')}
          all={t('list.all')}
          value={status === 'all' ? undefined : status}
          options={STATUSES.map((value) => ({ value, label: t(`lineStatus.${value}`) }))}
          onChange={(value) => set({ status: value ?? 'all' })}
        />
      </div>
      <ListView
        pages={pages}
        count={t('submission.lines', { count: pages.total, total: format.count(pages.total) })}
        empty={
          <EmptyNote title={t(status === 'suspense' ? 'submission.noSuspense' : 'list.nothing')}>
            {t(status === 'suspense' ? 'submission.noSuspenseText' : 'list.nothingText')}
          </EmptyNote>
        }
      >
        <DataTable
          caption={t('submission.linesTitle')}
          columns={columns}
          rows={pages.rows}
          rowKey={(line) => String(line.line)}
          isStale={pages.isStale}
        />
      </ListView>
    </Section>
  );
}
