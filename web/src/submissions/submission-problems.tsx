import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { listProblems, type ProblemsQuery } from '../api/submissions';
import type { SubmissionProblem } from '../api/types';
import { loadAll, usePages } from '../api/use-pages';
import { fileName } from '../format/file-name';
import { useFormat } from '../format/use-format';
import { CsvButton } from '../kit/csv-button';
import { type Column, DataTable } from '../kit/data-table';
import { ListView } from '../kit/list-view';
import { Section } from '../kit/section';

interface SubmissionProblemsProps {
  readonly id: string;
  readonly count: number;
}

/** Everything that is wrong with a file, with the line to look at: what the bank is told as well. */
export function SubmissionProblems({ id, count }: SubmissionProblemsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const load = useCallback((query: ProblemsQuery, signal?: AbortSignal) => listProblems(id, query, signal), [id]);
  const pages = usePages(['submission-problems', id], load, {});
  const sentence = (problem: SubmissionProblem) => (format.language === 'en' ? problem.messageEn : problem.message);
  const columns: Column<SubmissionProblem>[] = [
    {
      key: 'line',
      title: t('submission.line'),
      isTitled: true,
      render: (problem) => (problem.line === null ? t('submission.wholeFile') : format.count(problem.line)),
    },
    {
      key: 'field',
      title: t('submission.field'),
      render: (problem) => problem.field && <span className="code">{problem.field}</span>,
    },
    { key: 'message', title: t('import.reason'), render: (problem) => sentence(problem) },
    { key: 'value', title: t('import.value'), render: (problem) => problem.value !== null && <q>{problem.value}</q> },
    {
      key: 'code',
      title: t('submission.code'),
      render: (problem) => <span className="code soft">{problem.code}</span>,
    },
  ];
  const title = t('submission.problemsTitle', { total: format.count(count) });
  return (
    <Section
      title={title}
      aside={
        <CsvButton
          name={fileName(t('submission.problemsFile'), id)}
          head={columns.map((column) => column.title)}
          rows={async () => (await loadAll(load, {})).map((problem) => csvRow(problem, sentence(problem)))}
        />
      }
    >
      <ListView pages={pages} empty={null}>
        <DataTable
          caption={title}
          columns={columns}
          rows={pages.rows}
          rowKey={(problem) => `${problem.line}-${problem.field}-${problem.code}-${problem.value}`}
        />
      </ListView>
    </Section>
  );
}

function csvRow({ line, field, value, code }: SubmissionProblem, message: string): string[] {
  return [line === null ? '' : String(line), field ?? '', message, value ?? '', code];
}
