import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined';
import WarningOutlined from '@ant-design/icons/WarningOutlined';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProblem } from '../api/types';
import { fileName as nameOf } from '../format/file-name';
import { useFormat } from '../format/use-format';
import { CsvButton } from '../kit/csv-button';
import { type Column, DataTable } from '../kit/data-table';
import { Section } from '../kit/section';
import { StateTag } from '../kit/state-tag';

interface ProblemRowsProps {
  readonly problems: readonly ImportProblem[];
  readonly fileName: string;
}

const SHOWN_AT_ONCE = 100;

/** Every row that needs a person, named with its cell, its reason and what stood there. */
export function ProblemRows({ problems, fileName }: ProblemRowsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  if (problems.length === 0) return null;
  const columns: Column<ImportProblem>[] = [
    { key: 'row', title: t('import.row'), isTitled: true, render: (problem) => format.count(problem.row) },
    { key: 'cell', title: t('import.cell'), render: (problem) => problem.cell },
    {
      key: 'severity',
      title: t('import.severity'),
      render: ({ severity }) => (
        <StateTag
          tone={severity === 'error' ? 'alarm' : 'attention'}
          icon={severity === 'error' ? <CloseCircleOutlined /> : <WarningOutlined />}
        >
          {t(severity === 'error' ? 'import.isError' : 'import.isAttention')}
        </StateTag>
      ),
    },
    { key: 'message', title: t('import.reason'), render: (problem) => problem.message },
    { key: 'value', title: t('import.value'), render: (problem) => problem.value && <q>{problem.value}</q> },
  ];
  return (
    <Section
      title={t('import.problems', { total: format.count(problems.length) })}
      aside={
        <CsvButton
          name={nameOf(t('import.problemsFile'), fileName)}
          head={columns.map((column) => column.title)}
          rows={() => Promise.resolve(problems.map(csvRow))}
        />
      }
    >
      <DataTable
        caption={t('import.problems', { total: format.count(problems.length) })}
        columns={columns}
        rows={problems.slice(0, shown)}
        rowKey={(problem) => `${problem.row}-${problem.cell}-${problem.code}`}
      />
      {problems.length > shown && (
        <div className="more-line">
          <Button onClick={() => setShown(shown + SHOWN_AT_ONCE)}>{t('list.more')}</Button>
        </div>
      )}
    </Section>
  );
}

function csvRow({ row, cell, severity, message, value }: ImportProblem): string[] {
  return [String(row), cell ?? '', severity, message, value ?? ''];
}
