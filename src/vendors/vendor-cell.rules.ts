import type { BankNames } from '../banks/bank-name.rules';
import { maskAccount, maskPersonalId, maskPhone } from '../kernel/masking';
import { stallNumber } from '../markets/stall-number.rules';
import { cellText, isEmptyCell, type ListCell } from '../platform/lists/list-cell';
import { fromLegacyFont } from '../platform/lists/legacy-font';
import { readArea, readDay, type Reading, withoutSeparators } from '../platform/lists/list-values';
import { cleanAccountNumber, holderMark, isAccountNumber } from './account.rules';
import {
  VENDOR_ISSUES,
  type VendorColumn,
  type VendorIssue,
  type VendorIssueCode,
  type VendorListRow,
  type VendorRowValues,
} from './vendor-list.types';

/** Columns B to N: an error value in the remark, or in the number of the row, harms nobody. */
const READ_COLUMNS: readonly VendorColumn[] = [
  'name',
  'id',
  'taxCode',
  'household',
  'phone',
  'zone',
  'stallNo',
  'tradeLine',
  'areaM2',
  'bank',
  'account',
  'holder',
  'leaseFrom',
];
const IDENTIFIERS: readonly VendorColumn[] = ['id', 'stallNo', 'account'];
const TEXTS: readonly VendorColumn[] = ['name', 'household', 'zone', 'stallNo', 'tradeLine', 'holder', 'note'];
const SCIENTIFIC = /^\d+(?:[.,]\d+)?\s*E\s*\+\s*\d+$|^\d[.,]\d+E\d+$/i;
const USUAL_NAME = /^[\p{L}\p{M} .'’-]{1,100}$/u;
/** What a field of the register holds; a cell of a sheet may hold 32 767 characters. */
const MAX_TEXT = 1_000;
const MAX_STALL_NUMBER = 40;

/** A row read cell by cell, and what is the matter with each cell; comparisons between rows come after. */
export interface ReadVendorRow {
  readonly values: VendorRowValues;
  readonly issues: VendorIssue[];
}

/** Reads one row. Nothing is guessed: what cannot be read is left empty and said. */
export function readVendorRow(row: VendorListRow, banks: BankNames): ReadVendorRow {
  const reader = new RowReader(row);
  const values: VendorRowValues = {
    name: readName(reader),
    id: readId(reader),
    taxCode: readTaxCode(reader),
    household: reader.text('household'),
    phone: readPhone(reader),
    zone: reader.text('zone') ?? row.zoneHeading ?? null,
    stallNo: readStall(reader),
    tradeLine: reader.text('tradeLine'),
    areaM2: reader.reading('areaM2', readArea),
    account: readAccount(reader),
    bin: readBank(reader, banks),
    holder: reader.text('holder'),
    leaseFrom: readLeaseFrom(reader),
    note: reader.text('note'),
  };
  markHolder(reader, values);
  if (row.hidden) reader.issue('hidden_row', 'no');
  return { values, issues: reader.issues };
}

/** The row with the issues found so far. */
class RowReader {
  readonly issues: VendorIssue[] = [];

  constructor(private readonly row: VendorListRow) {
    for (const column of READ_COLUMNS) if (this.cell(column).kind === 'error') this.issue('cell_error', column);
    for (const column of IDENTIFIERS) if (this.isFormula(column)) this.issue('formula_in_identifier', column);
    for (const column of TEXTS)
      if ((this.text(column)?.length ?? 0) > longest(column)) this.issue('text_too_long', column);
  }

  cell(column: VendorColumn): ListCell {
    return this.row.cell(column);
  }

  text(column: VendorColumn): string | null {
    return cellText(this.cell(column));
  }

  isEmpty(column: VendorColumn): boolean {
    return isEmptyCell(this.cell(column));
  }

  /** True where the cell has been refused already, so that nothing more is said about it. */
  isRefused(column: VendorColumn): boolean {
    return this.cell(column).kind === 'error' || (IDENTIFIERS.includes(column) && this.isFormula(column));
  }

  /** The value, or null with an issue. */
  reading<Value>(column: VendorColumn, read: (cell: ListCell) => Reading<Value, VendorIssueCode>): Value | null {
    const { value, fault } = read(this.cell(column));
    if (fault && !this.isRefused(column)) this.issue(fault, column);
    return value;
  }

  /** Says what is wrong and that there is no value. */
  refuse(code: VendorIssueCode, column: VendorColumn): null {
    this.issue(code, column);
    return null;
  }

  issue(code: VendorIssueCode, column: VendorColumn): void {
    this.issues.push({ ...issueAt(code, this.row.address(column)), value: shownValue(column, this.text(column)) });
  }

  private isFormula(column: VendorColumn): boolean {
    const cell = this.cell(column);
    return cell.kind !== 'error' && cell.isFormula === true;
  }
}

export function issueAt(code: VendorIssueCode, cell: string, withRows?: readonly number[]): VendorIssue {
  return { severity: VENDOR_ISSUES[code][0], code, cell, ...(withRows && { withRows }) };
}

function longest(column: VendorColumn): number {
  return column === 'stallNo' ? MAX_STALL_NUMBER : MAX_TEXT;
}

function readName(reader: RowReader): string | null {
  const name = reader.text('name');
  if (name === null) return reader.isRefused('name') ? null : reader.refuse('name_missing', 'name');
  const { raw, font } = reader.cell('name');
  if (fromLegacyFont(raw, font) !== null) reader.issue('legacy_encoding', 'name');
  if (!USUAL_NAME.test(name)) reader.issue('name_unusual', 'name');
  return name;
}

function readId(reader: RowReader): string | null {
  if (reader.isRefused('id')) return null;
  if (reader.isEmpty('id')) return reader.refuse('id_missing', 'id');
  if (reader.cell('id').kind !== 'text') return reader.refuse('id_numeric', 'id');
  const digits = withoutSeparators(reader.text('id') ?? '');
  if (!/^[0-9]*$/.test(digits)) return reader.refuse('id_format', 'id');
  return digits.length === 12 ? digits : reader.refuse('id_length', 'id');
}

function readTaxCode(reader: RowReader): string | null {
  const text = reader.text('taxCode');
  if (text === null) return null;
  const digits = withoutSeparators(text);
  const isRight = reader.cell('taxCode').kind === 'text' && /^(?:[0-9]{10}|[0-9]{12,13})$/.test(digits);
  return isRight ? digits : reader.refuse('tax_code_invalid', 'taxCode');
}

function readPhone(reader: RowReader): string | null {
  if (reader.isRefused('phone')) return null;
  if (reader.isEmpty('phone')) return reader.refuse('phone_missing', 'phone');
  if (reader.cell('phone').kind !== 'text') return reader.refuse('phone_numeric', 'phone');
  const phone = withoutSeparators(reader.text('phone') ?? '').replace(/^(?:\+84|0084|84(?=[0-9]{9}$))/, '0');
  return /^0[0-9]{9}$/.test(phone) ? phone : reader.refuse('phone_invalid', 'phone');
}

function readStall(reader: RowReader): string | null {
  if (reader.isRefused('stallNo')) return null;
  const text = reader.text('stallNo');
  return text === null ? reader.refuse('stall_missing', 'stallNo') : stallNumber(text);
}

function readAccount(reader: RowReader): string | null {
  if (reader.isRefused('account')) return null;
  if (reader.isEmpty('account')) return reader.refuse('account_missing', 'account');
  if (reader.cell('account').kind !== 'text') return reader.refuse('account_numeric', 'account');
  const text = reader.text('account') ?? '';
  if (SCIENTIFIC.test(text)) return reader.refuse('account_rounded', 'account');
  const account = cleanAccountNumber(text);
  return isAccountNumber(account) ? account : reader.refuse('account_format', 'account');
}

function readBank(reader: RowReader, banks: BankNames): string | null {
  if (reader.isRefused('bank')) return null;
  const text = reader.text('bank');
  if (text === null) return reader.isEmpty('account') ? null : reader.refuse('bank_missing', 'bank');
  const bank = banks.read(text);
  if (typeof bank !== 'string') return bank.bin;
  return reader.refuse(bank === 'unknown' ? 'bank_unknown' : 'bank_ambiguous', 'bank');
}

function readLeaseFrom(reader: RowReader): VendorRowValues['leaseFrom'] {
  if (reader.isRefused('leaseFrom')) return null;
  return reader.isEmpty('leaseFrom')
    ? reader.refuse('date_missing', 'leaseFrom')
    : reader.reading('leaseFrom', readDay);
}

function markHolder(reader: RowReader, { account, name, holder, household }: VendorRowValues): void {
  if (account === null || name === null) return;
  const mark = holderMark({ holderName: holder, vendorName: name, householdName: household });
  if (mark) reader.issue(mark, 'holder');
}

/** Enough to find the cell again; identifiers masked, because reports are kept and mailed. */
function shownValue(column: VendorColumn, text: string | null): string | null {
  if (text === null) return null;
  if (column === 'id' || column === 'taxCode') return maskPersonalId(text);
  if (column === 'account') return maskAccount(text);
  if (column === 'phone') return maskPhone(text);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
