import type { Totals } from '../reports/reports.schema';

/** The province's table for a terminal: largest markets first, their share, and how complete the figures are. */
export function provinceTable({ from, to, rows, total, coverage }: Totals): string {
  const cells = rows.map((row) => [
    row.key ?? '—',
    row.name ?? 'Chờ xác định (suspense)',
    grouped(row.transactionCount),
    grouped(row.amount),
  ]);
  cells.push(['', 'Cả tỉnh (province)', grouped(total.transactionCount), grouped(total.amount)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0), 8));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  const title = line(['Mã', 'Chợ', 'Số GD', 'Số tiền (đ)']);
  return [
    `${vietnameseDay(from)} – ${vietnameseDay(to)}`,
    title,
    '-'.repeat(title.length),
    ...cells.map(line),
    `Độ đầy đủ (coverage): ${coverage.receivedReports}/${coverage.expectedReports} ngày ngân hàng, ` +
      `chờ xác định ${grouped(coverage.suspenseAmount)} đ`,
  ].join('\n');
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}

function vietnameseDay(day: string): string {
  return day.split('-').reverse().join('/');
}
