import type { BusinessDay } from '../kernel/business-day';
import { foldText } from '../kernel/text';
import { sortedIssues } from '../platform/lists/import-report';
import { cellText } from '../platform/lists/list-cell';
import { readArea, readDay } from '../platform/lists/list-values';
import type { MARKET_KINDS, OPERATOR_KINDS } from './market.schema';
import type { Build } from './market.rules';
import {
  type CommuneFinder,
  type FormerCommune,
  type JudgedMarketRow,
  MARKET_COLUMNS,
  MARKET_ISSUES,
  type MarketColumn,
  type MarketIssue,
  type MarketIssueCode,
  type MarketListRow,
  type MarketRowValues,
} from './market-list.types';

const KIND_NAMES: Record<string, (typeof MARKET_KINDS)[number]> = {
  'cho dan sinh': 'civil',
  'cho dau moi': 'wholesale_hub',
  'cho dem': 'night',
  'cho phien': 'periodic',
  'cho noi': 'floating',
  'cho tam': 'temporary',
  'cho tu phat': 'spontaneous',
};
const BUILD_NAMES: Record<string, Build> = {
  'kien co': 'solid',
  'ban kien co': 'semi_solid',
  khac: 'other',
  tam: 'other',
};
const OPERATOR_NAMES: Record<string, (typeof OPERATOR_KINDS)[number]> = {
  'ban quan ly': 'board',
  'hop tac xa': 'cooperative',
  'doanh nghiep': 'company',
  'cong ty': 'company',
  'ubnd cap xa': 'people_committee',
  ubnd: 'people_committee',
  'ho kinh doanh': 'household',
};
const YES_NO: Record<string, boolean> = { co: true, khong: false };
const CLASSES: Record<string, 1 | 2 | 3> = { '1': 1, '2': 2, '3': 3, i: 1, ii: 2, iii: 3 };
const HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)\s*[-–]\s*((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const MAX_TEXT = 200;

/** The verdict on every row of a department's list; rows keep their order, issues stand sorted by code. */
export function judgeMarketList(rows: readonly MarketListRow[], communes: CommuneFinder): JudgedMarketRow[] {
  const judged = rows.map((row) => new MarketRowReader(row, communes).read());
  const byCode = new Map<string, number[]>();
  for (const { row, values } of judged) {
    if (values.code) byCode.set(values.code, [...(byCode.get(values.code) ?? []), row]);
  }
  return judged.map(({ issues, ...row }) => {
    const same = (row.values.code && byCode.get(row.values.code)) || [];
    const others = same.filter((other) => other !== row.row);
    const twice = others.length > 0 ? [marketIssue('code_duplicate', row.address('code'), others)] : [];
    return { ...row, issues: sortedIssues([...issues, ...twice]) };
  });
}

export function marketIssue(code: MarketIssueCode, cell: string, withRows?: readonly number[]): MarketIssue {
  return { severity: MARKET_ISSUES[code][0], code, cell, ...(withRows && { withRows }) };
}

type Place = Pick<
  MarketRowValues,
  | 'communeCode'
  | 'communeName'
  | 'provinceCode'
  | 'formerCommuneCode'
  | 'formerProvince'
  | 'formerDistrict'
  | 'formerCommune'
>;

class MarketRowReader {
  private readonly issues: MarketIssue[] = [];

  constructor(
    private readonly row: MarketListRow,
    private readonly communes: CommuneFinder,
  ) {}

  read(): JudgedMarketRow {
    for (const column of Object.keys(MARKET_COLUMNS) as MarketColumn[]) this.checkCell(column);
    const [opens, closes] = this.hours();
    const values: MarketRowValues = {
      code: this.code(),
      name: this.required('name', 'name_missing'),
      aliases: this.aliases(),
      marketKind: this.choice('marketKind', KIND_NAMES),
      ...this.place(),
      build: this.requiredChoice('build', BUILD_NAMES),
      inPlan: this.requiredChoice('inPlan', YES_NO),
      plannedPoints: this.points('plannedPoints'),
      operatingPoints: this.points('operatingPoints'),
      areaM2: this.area(),
      officialClass: this.choice('officialClass', CLASSES),
      classDecision: this.text('classDecision'),
      classDecisionOn: this.day(),
      operatorName: this.text('operatorName'),
      operatorKind: this.choice('operatorKind', OPERATOR_NAMES),
      latitude: this.degrees('latitude', 5, 24),
      longitude: this.degrees('longitude', 101, 118),
      opens,
      closes,
    };
    this.checkDecision(values);
    return { row: this.row.row, address: this.row.address, values, issues: this.issues };
  }

  private code(): string | null {
    const code = this.required('code', 'code_missing');
    if (code === null || /^[A-Z0-9]{4,16}$/.test(code)) return code;
    return this.refuse('code_format', 'code');
  }

  private aliases(): string[] {
    const names = (this.text('aliases') ?? '').split(/[;,]/).map((name) => name.trim());
    return names.filter((name) => name !== '');
  }

  /** The commune of today by its code, and the former one by its names. */
  private place(): Place {
    const [formerDistrict, formerCommune] = [this.text('formerDistrict'), this.text('formerCommune')];
    const named = formerDistrict && formerCommune ? this.communes.successors(formerDistrict, formerCommune) : [];
    const communeCode = this.communeCode(named);
    const commune = communeCode === null ? undefined : this.communes.commune(communeCode);
    if (communeCode !== null && !commune) this.issue('commune_unknown', 'communeCode');
    this.compareName(commune?.name);
    const former = named.find((candidate) => candidate.successorCode === communeCode);
    if (formerCommune && commune && !former) this.issue('former_commune_unknown', 'formerCommune');
    return {
      communeCode: commune ? communeCode : null,
      communeName: commune?.name ?? null,
      provinceCode: commune?.provinceCode ?? null,
      formerCommuneCode: former?.formerCode ?? null,
      formerProvince: former?.formerProvince ?? null,
      formerDistrict,
      formerCommune,
    };
  }

  private communeCode(former: readonly FormerCommune[]): string | null {
    const code = this.text('communeCode');
    if (code !== null) return code;
    const [only] = former;
    if (!only) return this.refuse('commune_missing', 'communeCode');
    if (former.length > 1) return this.refuse('commune_ambiguous', 'formerCommune');
    this.issue('commune_from_former', 'formerCommune');
    return only.successorCode;
  }

  private compareName(name: string | undefined): void {
    const written = this.text('communeName');
    if (name && written && foldText(written) !== foldText(name)) this.issue('commune_name_differs', 'communeName');
  }

  private points(column: MarketColumn): number | null {
    const text = this.text(column)?.replace(/[.\s](?=\d{3}(?:\D|$))/g, '') ?? '';
    const points = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return points <= 100_000 ? points : this.refuse('number_invalid', column);
  }

  private area(): string | null {
    const { value, fault } = readArea(this.row.cell('areaM2'));
    return fault ? this.refuse(fault, 'areaM2') : value;
  }

  private day(): BusinessDay | null {
    const { value, fault } = readDay(this.row.cell('classDecisionOn'));
    return fault ? this.refuse(fault, 'classDecisionOn') : value;
  }

  private degrees(column: MarketColumn, min: number, max: number): string | null {
    const text = this.text(column)?.replace(',', '.') ?? null;
    if (text === null) return null;
    const isRight = /^\d{1,3}(?:\.\d{1,6})?$/.test(text) && Number(text) >= min && Number(text) <= max;
    return isRight ? text : this.refuse('coordinate_invalid', column);
  }

  private hours(): [string | null, string | null] {
    const text = this.text('hours');
    const [, opens, closes] = HOURS.exec(text ?? '') ?? [];
    if (text !== null && !opens) this.issue('hours_invalid', 'hours');
    return [opens ?? null, closes ?? null];
  }

  private checkDecision({ officialClass, classDecision, classDecisionOn }: MarketRowValues): void {
    if (officialClass === null || (classDecision !== null && classDecisionOn !== null)) return;
    if (!this.issues.some((issue) => issue.code.startsWith('date_'))) {
      this.issue('class_decision_incomplete', 'officialClass');
    }
  }

  /** Whatever the column: an error value, or more text than the register holds. */
  private checkCell(column: MarketColumn): void {
    if (this.row.cell(column).kind === 'error') this.issue('cell_error', column);
    if ((this.text(column)?.length ?? 0) > MAX_TEXT) this.issue('text_too_long', column);
  }

  private requiredChoice<Value>(column: MarketColumn, names: Readonly<Record<string, Value>>): Value | null {
    return this.text(column) === null ? this.refuse('choice_unknown', column) : this.choice(column, names);
  }

  private choice<Value>(column: MarketColumn, names: Readonly<Record<string, Value>>): Value | null {
    const text = this.text(column);
    if (text === null) return null;
    const key = foldText(text);
    const value = Object.hasOwn(names, key) ? names[key] : undefined;
    return value === undefined ? this.refuse('choice_unknown', column) : value;
  }

  private required(column: MarketColumn, missing: MarketIssueCode): string | null {
    return this.text(column) ?? this.refuse(missing, column);
  }

  private text(column: MarketColumn): string | null {
    return cellText(this.row.cell(column));
  }

  private refuse(code: MarketIssueCode, column: MarketColumn): null {
    if (this.row.cell(column).kind !== 'error') this.issue(code, column);
    return null;
  }

  private issue(code: MarketIssueCode, column: MarketColumn): void {
    const text = cellText(this.row.cell(column));
    const value = text === null || text.length <= 80 ? text : `${text.slice(0, 79)}…`;
    this.issues.push({ ...marketIssue(code, this.row.address(column)), value });
  }
}
