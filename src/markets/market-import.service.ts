import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { groupBy } from '../kernel/group-by';
import { Ids } from '../kernel/ids';
import { Database, type Tx } from '../platform/db/database';
import type { Language } from '../platform/http/language';
import { readCsvList } from '../platform/lists/csv-list';
import { type ImportReport, importReport, verdictOf } from '../platform/lists/import-report';
import { ListColumns } from '../platform/lists/list-header';
import { formerCommuneKey } from './administrative-units.import';
import { AdministrativeUnitsRepository } from './administrative-units.repository';
import { judgeMarketList, marketIssue } from './market-list.rules';
import {
  type CommuneFinder,
  type JudgedMarketRow,
  MARKET_COLUMNS,
  MARKET_ISSUES,
  type MarketColumn,
  type MarketListRow,
} from './market-list.types';
import { marketSearchText } from './markets.service';
import { type MarketFacts, type MarketRecord, MarketsRepository } from './markets.repository';

/** A list as it was handed over. */
export interface ListFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Check everything and keep nothing. */
  readonly dryRun: boolean;
  /** Of the report's sentences. */
  readonly language: Language;
}

const IMPORT_LIMIT_MS = 60_000;

/** Facts of a list that are compared with a market that is registered already. */
const COMPARED: readonly [fact: keyof MarketFacts & keyof MarketRecord, column: MarketColumn][] = [
  ['name', 'name'],
  ['marketKind', 'marketKind'],
  ['build', 'build'],
  ['inPlan', 'inPlan'],
  ['plannedPoints', 'plannedPoints'],
  ['operatingPoints', 'operatingPoints'],
  ['areaM2', 'areaM2'],
  ['officialClass', 'officialClass'],
  ['classDecision', 'classDecision'],
  ['classDecisionOn', 'classDecisionOn'],
  ['operatorName', 'operatorName'],
  ['operatorKind', 'operatorKind'],
  ['communeCode', 'communeCode'],
];

/** A department's list of markets: rows without errors are registered, repeating it changes nothing. */
@Injectable()
export class MarketImportService {
  constructor(
    private readonly database: Database,
    private readonly markets: MarketsRepository,
    private readonly units: AdministrativeUnitsRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * One transaction: the whole file or, where it is damaged, nothing of it. What differs from the register is shown and
   * left as it is there.
   * @throws DomainError `list_…` for a file that cannot be read
   */
  async import({ fileName, bytes, dryRun, language }: ListFile): Promise<ImportReport> {
    const rows = readRows(bytes);
    return this.database.write(
      async (tx) => {
        const judged = judgeMarketList(rows, await this.communeFinder(tx, rows));
        const known = await this.knownMarkets(tx, judged);
        const compared = judged.map((row) => compareWithRegister(row, known.get(row.values.code ?? '')));
        const fresh = compared.filter((row) => verdictOf(row.issues) !== 'error' && !known.has(row.values.code ?? ''));
        if (!dryRun && fresh.length > 0) await this.keep(tx, fresh, { fileName, bytes, rows: rows.length });
        const reported = compared.map((row) => ({ ...row, isNew: fresh.includes(row) }));
        const markets = compared.filter((row) => verdictOf(row.issues) !== 'error').length;
        return importReport({ fileName, dryRun, rows: reported, totals: { markets } }, MARKET_ISSUES, language);
      },
      { limitMs: IMPORT_LIMIT_MS },
    );
  }

  private async keep(
    tx: Tx,
    rows: readonly JudgedMarketRow[],
    file: { fileName: string; bytes: Buffer; rows: number },
  ): Promise<void> {
    const facts = rows.map((row) => ({ id: this.ids.uuid(), ...marketFacts(row) }));
    await this.markets.insertMany(tx, facts, this.clock.today(), this.clock.now());
    await this.audit.record(tx, {
      action: 'markets_imported',
      subjectType: 'list',
      subjectId: file.fileName,
      after: {
        sha256: createHash('sha256').update(file.bytes).digest('hex'),
        rows: file.rows,
        registered: facts.map((market) => market.code),
      },
    });
  }

  private async knownMarkets(tx: Tx, rows: readonly JudgedMarketRow[]): Promise<Map<string, MarketRecord>> {
    const codes = rows.flatMap((row) => row.values.code ?? []);
    return new Map((await this.markets.findMany(tx, codes)).map((market) => [market.code, market]));
  }

  private async communeFinder(tx: Tx, rows: readonly MarketListRow[]): Promise<CommuneFinder> {
    const communes = new Map((await this.units.communesOn(tx, this.clock.today())).map((unit) => [unit.code, unit]));
    const endings = rows.map((row) => ending(row.cell('formerDistrict').raw, row.cell('formerCommune').raw));
    const successions = groupBy(await this.units.successorsByName(tx, [...new Set(endings)]), ({ formerKey }) =>
      formerKey.slice(formerKey.indexOf('|')),
    );
    return {
      commune: (code) => communes.get(code),
      successors: (district, commune) => successions.get(ending(district, commune)) ?? [],
    };
  }
}

/** A former commune's key without its province, which lists leave out. */
function ending(district: string, commune: string): string {
  return formerCommuneKey('', district, commune);
}

function readRows(bytes: Buffer): MarketListRow[] {
  const table = readCsvList(bytes);
  const columns = ListColumns.find(table.titles, MARKET_COLUMNS);
  return table.rows.map((row) => ({
    row: row.row,
    cell: (column) => columns.cell(row, column),
    address: (column) => columns.address(row.row, column),
  }));
}

function compareWithRegister(row: JudgedMarketRow, known: MarketRecord | undefined): JudgedMarketRow {
  if (!known || verdictOf(row.issues) === 'error') return row;
  const facts = marketFacts(row);
  const differing = COMPARED.filter(([fact]) => facts[fact] !== null && facts[fact] !== known[fact]);
  const issues = differing.map(([, column]) => marketIssue('differs_from_register', row.address(column)));
  return { ...row, issues: [...row.issues, ...issues] };
}

/** The facts of a row without errors: what is required is there. */
function marketFacts({ values }: JudgedMarketRow): MarketFacts {
  const { code, name, build, inPlan, plannedPoints, operatingPoints, communeCode, provinceCode } = values;
  const { formerCommune, formerDistrict, formerProvince, communeName: _name, ...rest } = values;
  if (code === null || name === null || build === null || inPlan === null || communeCode === null) {
    throw new Error('a row with errors must not be registered');
  }
  const former = [formerCommune, formerDistrict, formerProvince].filter((part) => part !== null);
  return {
    ...rest,
    ...{ code, name, build, inPlan, communeCode },
    provinceCode: provinceCode ?? '',
    plannedPoints: plannedPoints ?? 0,
    operatingPoints: operatingPoints ?? 0,
    kind: 'market',
    capitalSource: null,
    operatorTaxCode: null,
    address: null,
    rulesDocument: null,
    formerCommune: former.length > 0 ? former.join(', ') : null,
    searchText: marketSearchText({ code, name, aliases: values.aliases }),
  };
}
