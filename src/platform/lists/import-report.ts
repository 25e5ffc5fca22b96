import { z } from 'zod';
import type { Bilingual } from '../../kernel/errors';
import type { Language } from '../http/language';

/** `ok`: registered as is; `attention`: registered and put before a person; `error`: nothing of the row is. */
export type Verdict = 'ok' | 'attention' | 'error';
export type Severity = Exclude<Verdict, 'ok'>;

/** What is the matter with one cell of one row. */
export interface ListIssue<Code extends string = string> {
  readonly severity: Severity;
  readonly code: Code;
  /** As spreadsheets write it: `C13`. */
  readonly cell: string;
  /** The other rows it was compared with. */
  readonly withRows?: readonly number[];
  /** What stands there, shortened; identifiers masked. */
  readonly value?: string | null;
}

/** Codes of issues with their severity and what to tell whoever keeps the list. */
export type IssueTexts<Code extends string> = Readonly<Record<Code, readonly [Severity, Bilingual]>>;

export function verdictOf(issues: readonly ListIssue[]): Verdict {
  if (issues.some((issue) => issue.severity === 'error')) return 'error';
  return issues.length > 0 ? 'attention' : 'ok';
}

/** By code, then by cell. */
export function sortedIssues<Issue extends ListIssue>(issues: readonly Issue[]): Issue[] {
  const key = (issue: Issue): string => `${issue.code} ${issue.cell}`;
  return [...issues].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const countSchema = z.int().min(0);

export const importReportSchema = z
  .object({
    fileName: z.string().meta({ example: 'vendors-cho-nho.csv' }),
    dryRun: z.boolean().meta({ description: 'Everything was checked, nothing kept', example: false }),
    rows: countSchema.meta({ description: 'Data rows of the file', example: 45 }),
    registered: countSchema.meta({ description: 'Rows that brought something new', example: 45 }),
    unchanged: countSchema.meta({ description: 'Rows that the register knew already', example: 0 }),
    ok: countSchema.meta({ example: 45 }),
    attention: countSchema.meta({ description: 'Registered, and put before a person', example: 0 }),
    error: countSchema.meta({ description: 'Nothing of these rows is registered', example: 0 }),
    problems: z.array(
      z.object({
        row: z.int().meta({ description: 'Line of the file, from 1', example: 13 }),
        cell: z.string().meta({ example: 'C13' }),
        severity: z.enum(['attention', 'error']).meta({ example: 'error' }),
        code: z.string().meta({ example: 'id_length' }),
        message: z.string().meta({ example: 'Số định danh phải có đúng 12 chữ số.' }),
        value: z.string().nullable().meta({ description: 'Shortened; identifiers masked', example: '****' }),
        withRows: z.array(z.int()).meta({ description: 'Rows it was compared with', example: [] }),
      }),
    ),
    totals: z
      .object({
        markets: countSchema.optional().meta({ example: 124 }),
        vendors: countSchema.optional().meta({ example: 45 }),
        stalls: countSchema.optional().meta({ example: 45 }),
        accounts: countSchema.optional().meta({ example: 45 }),
      })
      .meta({ description: 'Different ones among the rows that are not errors' }),
  })
  .meta({ id: 'ImportReport' });

export type ImportReport = z.infer<typeof importReportSchema>;

/** A judged row, and whether the register knew all of it already. */
export interface ReportedRow<Code extends string> {
  readonly row: number;
  readonly issues: readonly ListIssue<Code>[];
  readonly isNew: boolean;
}

export interface ReportedImport<Code extends string> {
  readonly fileName: string;
  readonly dryRun: boolean;
  readonly rows: readonly ReportedRow<Code>[];
  readonly totals: ImportReport['totals'];
}

/** The report in the reader's language. */
export function importReport<Code extends string>(
  { fileName, dryRun, rows, totals }: ReportedImport<Code>,
  texts: IssueTexts<Code>,
  language: Language,
): ImportReport {
  const verdicts = rows.map((row) => verdictOf(row.issues));
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  const registered = rows.filter((row, index) => row.isNew && verdicts[index] !== 'error').length;
  return {
    fileName,
    dryRun,
    rows: rows.length,
    registered,
    unchanged: rows.length - registered - count('error'),
    ok: count('ok'),
    attention: count('attention'),
    error: count('error'),
    problems: rows.flatMap(({ row, issues }) =>
      issues.map(({ severity, code, cell, withRows = [], value = null }) => ({
        ...{ row, cell, severity, code, value, withRows: [...withRows] },
        message: texts[code][1][language],
      })),
    ),
    totals,
  };
}
