import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '../api/types';
import { useFormat } from '../format/use-format';
import { Figure } from '../kit/figure';
import { Note } from '../kit/note';
import { ProblemRows } from './problem-rows';

interface ImportOutcomeProps {
  readonly report: ImportReport;
  readonly fileName: string;
  readonly children?: ReactNode;
}

const KINDS = ['markets', 'vendors', 'stalls', 'accounts'] as const;

/** What a file holds and what becomes, or became, of each of its rows. */
export function ImportOutcome({ report, fileName, children }: ImportOutcomeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = t(report.dryRun ? 'import.preview' : 'import.done', {
    file: fileName,
    registered: format.count(report.dryRun ? report.ok + report.attention : report.registered),
    rows: format.count(report.rows),
  });
  const totals = KINDS.flatMap((kind) => {
    const total = report.totals[kind];
    return total === undefined ? [] : [t(`import.total.${kind}`, { total: format.count(total) })];
  });
  return (
    <>
      <Note tone={report.dryRun ? 'plain' : 'done'} title={sentence}>
        <p>{report.dryRun ? t('import.previewText') : t('import.doneText')}</p>
        {totals.length > 0 && <p className="soft">{t('import.totals', { list: totals.join(', ') })}</p>}
      </Note>
      <div className="figures">
        <Figure name={t('import.ok')} value={format.count(report.ok)} unit={t('import.rows')}>
          <small>{t('import.okText')}</small>
        </Figure>
        <Figure name={t('import.attention')} value={format.count(report.attention)} unit={t('import.rows')}>
          <small>{t('import.attentionText')}</small>
        </Figure>
        {report.unchanged > 0 && (
          <Figure name={t('import.unchanged')} value={format.count(report.unchanged)} unit={t('import.rows')}>
            <small>{t('import.unchangedText')}</small>
          </Figure>
        )}
        <Figure name={t('import.error')} value={format.count(report.error)} unit={t('import.rows')}>
          <small>{t('import.errorText')}</small>
        </Figure>
      </div>
      {children}
      <ProblemRows problems={report.problems} fileName={fileName} />
    </>
  );
}
