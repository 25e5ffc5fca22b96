import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format';
import { useWidth } from '../kit/use-width';
import { type ChartColumn, columnHeights, niceTop } from './chart.rules';
import { ChartColumnMarks } from './chart-column-marks';
import { ChartTip } from './chart-tip';
import { columnTitle } from './column-title';
import './takings-chart.css';

const HEIGHT = 260;
const TOP = 26;
const BOTTOM = 40;
const LEFT = 80;
const RIGHT = 12;

interface TakingsChartProps {
  readonly columns: readonly ChartColumn[];
  /** Name of the picture for those who hear it. */
  readonly title: string;
  readonly svg: RefObject<SVGSVGElement | null>;
}

/**
 * Takings as columns from zero. A day that an institution has not reported is hatched over the whole height: what is
 * known of it is drawn, but it can never be read as a bad day.
 */
export function TakingsChart({ columns, title, svg }: TakingsChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.max(300, useWidth(frame));
  const [active, setActive] = useState<number | null>(null);
  const top = niceTop(columns);
  const heights = columnHeights(columns, top);
  const step = (width - LEFT - RIGHT) / Math.max(1, columns.length);
  const plot = HEIGHT - TOP - BOTTOM;
  const shown = active === null ? null : columns[active];
  return (
    <div className="chart" ref={frame} onMouseLeave={() => setActive(null)}>
      <svg ref={svg} viewBox={`0 0 ${width} ${HEIGHT}`} height={HEIGHT} role="group" aria-label={title}>
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" stroke="var(--hatch)" strokeWidth="2" />
          </pattern>
        </defs>
        {[0n, 1n, 2n].map((half) => {
          const y = TOP + plot - (plot * Number(half)) / 2;
          return (
            <g key={half.toString()}>
              <line x1={LEFT} x2={width} y1={y} y2={y} stroke={half === 0n ? 'var(--rule-strong)' : 'var(--rule)'} />
              <text x={LEFT - 8} y={y + 4} textAnchor="end" fontSize="12" fill="var(--text-soft)">
                {format.vndWords(((top * half) / 2n).toString())}
              </text>
            </g>
          );
        })}
        {columns.map((column, index) => (
          <g key={column.key}>
            <ChartColumnMarks
              column={column}
              height={heights[index] ?? 0}
              place={{ x: LEFT + index * step, width: step, top: TOP, plot }}
              isLabelled={isLabelled(columns, index, step)}
              isDated={index % datedEvery(step) === 0}
            />
            <rect
              className="hit"
              x={LEFT + index * step}
              y={TOP}
              width={step}
              height={plot}
              fill="transparent"
              role="img"
              aria-label={columnTitle(column, format, t)}
              tabIndex={0}
              onMouseEnter={() => setActive(index)}
              onFocus={() => setActive(index)}
              onBlur={() => setActive(null)}
            />
          </g>
        ))}
      </svg>
      {shown && active !== null && <ChartTip column={shown} left={tipLeft(LEFT + (active + 0.5) * step, width)} />}
      <p className="chart-legend">
        <span>
          <i />
          {t('chart.complete')}
        </span>
        <span>
          <i className="hatched" />
          {t('chart.incomplete')}
        </span>
      </p>
    </div>
  );
}

/** Every column carries its amount where there is room, otherwise the highest and the last one do. */
function isLabelled(columns: readonly ChartColumn[], index: number, step: number): boolean {
  if (!columns[index]?.isComplete) return false;
  if (step >= 76) return true;
  const amounts = columns.map((column) => (column.isComplete ? BigInt(column.amount) : 0n));
  const highest = amounts.reduce((best, amount, at) => (amount > (amounts[best] ?? 0n) ? at : best), 0);
  return index === highest;
}

function datedEvery(step: number): number {
  if (step >= 44) return 1;
  return step >= 22 ? 2 : 7;
}

function tipLeft(centre: number, width: number): number {
  return Math.max(0, Math.min(centre - 110, width - 232));
}
