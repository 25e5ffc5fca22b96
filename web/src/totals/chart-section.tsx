import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { readTotals } from '../api/reports';
import { dayOf, formatPeriod } from '../format/day';
import { fileName } from '../format/file-name';
import { useFormat } from '../format/use-format';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { pictureNote } from './picture-note';
import { chartColumns } from './chart.rules';
import { ChartTable } from './chart-table';
import { chartPeriod, chartStep, type Period } from './period.rules';
import { savePng, saveSvg } from './picture';
import { TakingsChart } from './takings-chart';

interface ChartSectionProps {
  readonly period: Period;
  readonly marketCode?: string;
}

/** Takings by day or month, as a picture or as its table, to take away either way. */
export function ChartSection({ period, marketCode }: ChartSectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const svg = useRef<SVGSVGElement>(null);
  const [asTable, setAsTable] = useState(false);
  const shown = chartPeriod(period);
  const by = chartStep(shown);
  const query = useQuery({
    queryKey: ['totals', { ...shown, by, marketCode }],
    queryFn: () => readTotals({ ...shown, by, marketCode }),
  });
  const columns = useMemo(() => (query.data ? chartColumns(query.data, dayOf(new Date())) : []), [query.data]);
  const title = t(by === 'day' ? 'chart.byDay' : 'chart.byMonth', { period: formatPeriod(shown.from, shown.to) });
  const words = {
    title,
    note: query.data ? pictureNote(query.data, format, t) : '',
    fileName: fileName(t('chart.fileName'), marketCode ?? '', shown.from, shown.to),
  };
  const save = (kind: 'svg' | 'png') => {
    if (!svg.current) return;
    if (kind === 'svg') saveSvg(svg.current, words);
    else void savePng(svg.current, words);
  };
  const tools = (
    <div className="row no-print">
      <Button size="small" type="text" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {t(asTable ? 'chart.asPicture' : 'chart.asTable')}
      </Button>
      {!asTable && (
        <>
          <Button size="small" type="text" onClick={() => save('png')}>
            {t('chart.png')}
          </Button>
          <Button size="small" type="text" onClick={() => save('svg')}>
            {t('chart.svg')}
          </Button>
        </>
      )}
    </div>
  );
  return (
    <Section title={title} aside={tools}>
      <QueryView query={query} lines={7}>
        {() =>
          asTable ? (
            <ChartTable columns={columns} title={title} />
          ) : (
            <TakingsChart columns={columns} title={title} svg={svg} />
          )
        }
      </QueryView>
    </Section>
  );
}
