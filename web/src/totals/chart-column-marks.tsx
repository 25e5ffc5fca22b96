import { formatDayShort, isWeekend } from '../format/day';
import { useFormat } from '../format/use-format';
import type { ChartColumn } from './chart.rules';

interface ChartColumnMarksProps {
  readonly column: ChartColumn;
  /** Share of the scale, 0 … 1. */
  readonly height: number;
  readonly place: { x: number; width: number; top: number; plot: number };
  readonly isLabelled: boolean;
  readonly isDated: boolean;
}

/** The bar, its hatching, its amount and its date. */
export function ChartColumnMarks({ column, height, place, isLabelled, isDated }: ChartColumnMarksProps) {
  const format = useFormat();
  const { x, width, top, plot } = place;
  const isDay = column.key.length === 10;
  const gap = Math.min(8, width * 0.22);
  const bar = { x: x + gap / 2, width: Math.max(1, width - gap) };
  const y = top + plot - plot * height;
  const centre = x + width / 2;
  const isMissing = !column.isComplete;
  return (
    <>
      {isMissing && <rect {...bar} y={top} height={plot} fill="url(#hatch)" stroke="var(--hatch)" strokeWidth="1" />}
      <rect {...bar} y={y} height={plot * height} fill="var(--accent)" fillOpacity={isMissing ? 0.45 : 1} />
      {isLabelled && (
        <text
          x={centre}
          y={y - 6}
          textAnchor="middle"
          fontSize="12"
          fontWeight="600"
          fill="var(--text)"
          stroke="var(--ground)"
          strokeWidth="4"
          paintOrder="stroke"
        >
          {format.vndWords(column.amount)}
        </text>
      )}
      {isDated && (
        <text
          x={centre}
          y={top + plot + 16}
          textAnchor="middle"
          fontSize="12"
          fill={isDay && isWeekend(column.key) ? 'var(--text)' : 'var(--text-soft)'}
        >
          {isDay ? formatDayShort(column.key) : `${column.key.slice(5)}/${column.key.slice(0, 4)}`}
        </text>
      )}
      {isDated && isDay && (
        <text x={centre} y={top + plot + 32} textAnchor="middle" fontSize="12" fill="var(--text-soft)">
          {format.weekday(column.key)}
        </text>
      )}
    </>
  );
}
