import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { BanksService } from '../banks/banks.service';
import { Clock } from '../kernel/clock';
import { Confidential } from '../kernel/confidential';
import { Ids } from '../kernel/ids';
import type { ListFile } from '../markets/market-import.service';
import { MarketsService } from '../markets/markets.service';
import { StallsService } from '../markets/stalls.service';
import { withSystemScope } from '../platform/actor';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { readCsvList } from '../platform/lists/csv-list';
import { type ImportReport, importReport } from '../platform/lists/import-report';
import { ListColumns } from '../platform/lists/list-header';
import { LeasesRepository } from './leases.repository';
import { PayoutAccountsRepository } from './payout-accounts.repository';
import { type ImportPlan, planVendorImport, type RegisterSnapshot } from './vendor-import.plan';
import { judgeVendorList, vendorListTotals } from './vendor-list.rules';
import { type JudgedVendorRow, VENDOR_COLUMNS, VENDOR_ISSUES, type VendorListRow } from './vendor-list.types';
import { ImportDisturbed } from './vendors.errors';
import { VendorsRepository } from './vendors.repository';

/** The largest market has 1 433 rows; a province's 60 000 are to be kept within a minute (performance P8). */
const IMPORT_LIMIT_MS = 60_000;

/** Somebody may register the same person elsewhere, or lease a stall, between our reading and writing. */
const MAX_TRIES = 3;

/** A board's list of one market: vendors, stalls, leases and unverified accounts; repeating it changes nothing. */
@Injectable()
export class VendorImportService {
  constructor(
    private readonly database: Database,
    private readonly vendors: VendorsRepository,
    private readonly leases: LeasesRepository,
    private readonly accounts: PayoutAccountsRepository,
    private readonly markets: MarketsService,
    private readonly stalls: StallsService,
    private readonly banks: BanksService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * One transaction under the market's lock: the whole file or, where it is damaged, nothing of it. Rows with errors
   * register nothing, the others do; accounts stay unverified and no consent is taken for given.
   * @throws MarketNotFound, ImportDisturbed, DomainError `list_…` for a file that cannot be read
   */
  async import(marketCode: string, file: ListFile): Promise<ImportReport> {
    const rows = readRows(file.bytes);
    await this.database.read((tx) => this.markets.require(tx, marketCode));
    // The market is the caller's. A person of the list may hold a stall elsewhere, and is one person all the same.
    return withSystemScope(() => this.importPatiently(marketCode, rows, file));
  }

  private async importPatiently(marketCode: string, rows: VendorListRow[], file: ListFile): Promise<ImportReport> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.database.write((tx) => this.importRows(tx, marketCode, rows, file), {
          limitMs: IMPORT_LIMIT_MS,
        });
      } catch (error) {
        if (violatedConstraint(error) === null) throw error;
        if (tries === MAX_TRIES) throw new ImportDisturbed();
      }
    }
  }

  private async importRows(
    tx: Tx,
    marketCode: string,
    rows: readonly VendorListRow[],
    file: ListFile,
  ): Promise<ImportReport> {
    const market = await this.markets.requireLocked(tx, marketCode);
    const judged = judgeVendorList(rows, await this.banks.names(tx));
    const plan = planVendorImport(judged, await this.snapshot(tx, market.id, judged), {
      today: this.clock.today(),
      newId: () => this.ids.uuid(),
    });
    const isNew = plan.rows.some((row) => row.isNew);
    if (file.dryRun) await this.recordPreview(tx, market.code, plan, file);
    else if (isNew) await this.keep(tx, market, plan, file);
    const { fileName, dryRun, language } = file;
    const kept = judged.map((row, index) => ({ ...row, issues: plan.rows[index]?.issues ?? row.issues }));
    const totals = vendorListTotals(kept);
    return importReport({ fileName, dryRun, rows: plan.rows, totals }, VENDOR_ISSUES, language);
  }

  /** A preview keeps nothing, but says of each ID whether the register knows it: who asks so of many stands in the trail. */
  private async recordPreview(tx: Tx, marketCode: string, plan: ImportPlan, file: ListFile): Promise<void> {
    await this.audit.record(tx, {
      action: 'vendor_list_previewed',
      subjectType: 'market',
      subjectId: marketCode,
      after: { fileName: file.fileName, sha256: sha256Of(file.bytes), rows: plan.rows.length },
    });
  }

  private async snapshot(tx: Tx, marketId: string, rows: readonly JudgedVendorRow[]): Promise<RegisterSnapshot> {
    const personalIds = [...new Set(rows.flatMap((row) => row.values.id ?? []))];
    const named = await this.vendors.findByPersonalIds(
      tx,
      personalIds.map((id) => Confidential.of('personal_id', id)),
    );
    const ofMarket = await this.vendors.findOfMarket(tx, marketId);
    const vendors = [...new Map([...ofMarket, ...named].map((vendor) => [vendor.id, vendor])).values()];
    return {
      vendors,
      stalls: await this.stalls.ofMarket(tx, marketId),
      leases: await this.leases.ofMarket(tx, marketId),
      assignments: await this.accounts.assignmentsOfMarket(tx, marketId),
      accounts: await this.accounts.ofVendors(
        tx,
        vendors.map((vendor) => vendor.id),
      ),
    };
  }

  private async keep(
    tx: Tx,
    market: { id: string; code: string; provinceCode: string },
    plan: ImportPlan,
    file: ListFile,
  ): Promise<void> {
    const now = this.clock.now();
    await this.vendors.insertMany(
      tx,
      plan.vendors,
      { provinceCode: market.provinceCode, registeredIn: market.id },
      now,
    );
    for (const vendor of plan.completedVendors) await this.vendors.update(tx, vendor, vendor.version, now);
    await this.addStalls(tx, market.id, plan);
    await this.leases.insertMany(tx, market.id, plan.leases, now);
    await this.leases.learnFirstDays(tx, plan.learnedDays);
    await this.accounts.insertMany(tx, plan.accounts, now);
    await this.accounts.moveFirstDays(tx, plan.movedAssignments);
    await this.accounts.assign(tx, market.id, plan.assignments, now);
    await this.audit.record(tx, {
      action: 'vendors_imported',
      subjectType: 'market',
      subjectId: market.code,
      after: {
        fileName: file.fileName,
        sha256: sha256Of(file.bytes),
        rows: plan.rows.length,
        vendors: plan.vendors.map((vendor) => vendor.id),
        completedVendors: plan.completedVendors.map((vendor) => vendor.id),
        stalls: plan.stalls.length,
        leases: plan.leases.length,
        accounts: plan.accounts.length,
      },
    });
  }

  private async addStalls(tx: Tx, marketId: string, { stalls }: ImportPlan): Promise<void> {
    if (stalls.length === 0) return;
    const zones = await this.markets.zoneIds(
      tx,
      marketId,
      stalls.flatMap((stall) => stall.zone ?? []),
    );
    const codes = await this.stalls.newCodes(tx, stalls.length);
    const rows = stalls.map(({ zone, ...stall }, index) => {
      const code = codes[index];
      if (!code) throw new Error('fewer stall codes than stalls');
      const zoneId = zone === null ? null : (zones.get(zone) ?? null);
      return { ...stall, code, zoneId, mcc: null, fixed: true, soundbox: false, state: 'operating' as const };
    });
    await this.stalls.addMany(tx, marketId, rows);
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readRows(bytes: Buffer): VendorListRow[] {
  const table = readCsvList(bytes);
  const columns = ListColumns.find(table.titles, VENDOR_COLUMNS);
  return table.rows.map((row) => ({
    row: row.row,
    cell: (column) => columns.cell(row, column),
    address: (column) => columns.address(row.row, column),
  }));
}
