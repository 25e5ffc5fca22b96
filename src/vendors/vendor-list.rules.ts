import type { BankNames } from '../banks/bank-name.rules';
import { groupBy } from '../kernel/group-by';
import { foldText } from '../kernel/text';
import { stallNumberKey } from '../markets/stall-number.rules';
import { sortedIssues, verdictOf } from '../platform/lists/import-report';
import { issueAt, readVendorRow } from './vendor-cell.rules';
import type {
  JudgedVendorRow,
  VendorColumn,
  VendorIssue,
  VendorIssueCode,
  VendorListRow,
  VendorRowValues,
} from './vendor-list.types';

/**
 * The verdict on every row of a board's list (samples README): first cell by cell, then row against row. Rows keep
 * their order; issues stand sorted by code.
 */
export function judgeVendorList(rows: readonly VendorListRow[], banks: BankNames): JudgedVendorRow[] {
  const judged = rows.map((row) => ({ row: row.row, address: row.address, ...readVendorRow(row, banks) }));
  compareStalls(judged);
  comparePeople(judged);
  compareAccounts(judged);
  return judged.map((row) => ({ ...row, issues: sortedIssues(row.issues) }));
}

interface OpenRow {
  readonly row: number;
  readonly address: VendorListRow['address'];
  readonly values: VendorRowValues;
  readonly issues: VendorIssue[];
}

function compareStalls(rows: readonly OpenRow[]): void {
  for (const group of groups(rows, ({ values }) => values.stallNo && stallNumberKey(values.stallNo))) {
    markEach(group, 'stall_duplicate', 'stallNo');
  }
}

/** One ID is one person: spellings that differ in accents or case are shown, other names refused on all their rows. */
function comparePeople(rows: readonly OpenRow[]): void {
  for (const group of groups(rows, ({ values }) => values.name && values.id)) {
    const spellings = new Set(group.map(({ values }) => values.name));
    if (spellings.size === 1) continue;
    const people = new Set(group.map(({ values }) => foldText(values.name ?? '')));
    if (people.size > 1) markEach(group, 'id_two_people', 'id');
    else markEach(group, 'name_spelling_differs', 'name');
  }
}

/** Among rows that are registered: what is refused receives nothing. */
function compareAccounts(rows: readonly OpenRow[]): void {
  const registered = rows.filter((row) => verdictOf(row.issues) !== 'error');
  const keyOf = ({ values: { bin, account } }: OpenRow): string | null => bin && account && `${bin} ${account}`;
  for (const group of groups(registered, keyOf)) markEach(group, 'account_on_two_stalls', 'account');
}

/** Rows that share a key, two or more together. */
function groups(rows: readonly OpenRow[], keyOf: (row: OpenRow) => string | null): OpenRow[][] {
  const keyed = rows.filter((row) => keyOf(row));
  return [...groupBy(keyed, keyOf).values()].filter((group) => group.length > 1);
}

function markEach(group: readonly OpenRow[], code: VendorIssueCode, column: VendorColumn): void {
  for (const row of group) {
    const others = group.filter((other) => other !== row).map((other) => other.row);
    row.issues.push(issueAt(code, row.address(column), others));
  }
}

/** Different people, stalls and accounts among rows that are registered. */
export function vendorListTotals(rows: readonly JudgedVendorRow[]): {
  vendors: number;
  stalls: number;
  accounts: number;
} {
  const kept = rows.filter((row) => verdictOf(row.issues) !== 'error').map((row) => row.values);
  const withoutId = kept.filter((values) => values.id === null).length;
  return {
    vendors: new Set(kept.flatMap((values) => values.id ?? [])).size + withoutId,
    stalls: new Set(kept.map((values) => stallNumberKey(values.stallNo ?? ''))).size,
    accounts: new Set(kept.flatMap(({ bin, account }) => (bin && account ? [`${bin} ${account}`] : []))).size,
  };
}
