import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { BusinessDay } from '../kernel/business-day';
import { sandboxBinOf } from '../kernel/bank-bin';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { currentScope } from '../platform/actor';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { CursorInvalid, decodeCursor, type Page, pageOf } from '../platform/http/page';
import directory from './bank-directory.json';
import { bankNameRows, namedBanksOf } from './bank-directory';
import { BankNames } from './bank-name.rules';
import { BankNotFound, ReportingAgreementOverlaps } from './banks.errors';
import { type BankClientRow, BanksRepository } from './banks.repository';
import type { Bank, BankListQuery } from './banks.schema';

export type { BankClientRow } from './banks.repository';

/** Moves with `bank-directory.json`; the table is then brought up to it. */
const DIRECTORY_VERSION = '2026-11, 72 rows, reading 1';

/** Institutions by BIN, what they are called, and from when to when they are expected to report. */
@Injectable()
export class BanksService {
  constructor(
    private readonly database: Database,
    private readonly banks: BanksRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Brings the directory in where it is not; safe to call at every start and by several processes. */
  async seed(): Promise<void> {
    const loaded = await this.database.read((tx) => this.banks.loadedVersion(tx));
    if (loaded === DIRECTORY_VERSION) return;
    await this.database.write(async (tx) => {
      await this.banks.replaceDirectory(tx, directory.banks, bankNameRows(directory.banks));
      await this.banks.rememberVersion(tx, DIRECTORY_VERSION);
    });
  }

  async list({ q = '', cursor, limit }: BankListQuery): Promise<Page<Bank>> {
    const [after] = decodeCursor(cursor, 1) ?? [];
    const all = await this.database.read((tx) => this.banks.search(tx, q, this.clock.today()));
    const start = after === undefined ? 0 : all.findIndex((bank) => bank.bin === after) + 1;
    if (after !== undefined && start === 0) throw new CursorInvalid();
    const rows = all.slice(start, start + limit + 1);
    return pageOf(rows, { limit, total: all.length, key: (bank) => [bank.bin], item: (bank) => bank });
  }

  /** @throws BankNotFound */
  async require(tx: Tx, bin: string): Promise<Bank> {
    // People never name a test institution; what is seeded for tests is held there.
    const bank = await this.banks.find(tx, bin, this.clock.today(), currentScope()?.kind === 'system');
    if (!bank) throw new BankNotFound(bin);
    return bank;
  }

  /** Institutions with their agreements, for whoever looks after their keys. */
  clients(tx: Tx): Promise<BankClientRow[]> {
    return this.banks.clients(tx, this.clock.today());
  }

  /**
   * The institution under which `bin` tests, made where there is none and from today on expected to report, so that its
   * calendar shows what a real one shows. Under the scope of the system. @returns its BIN @throws BankNotFound
   */
  async ensureSandbox(tx: Tx, bin: string): Promise<string> {
    await this.require(tx, bin);
    const sandboxBin = sandboxBinOf(bin);
    if (!(await this.banks.insertSandbox(tx, bin, sandboxBin))) return sandboxBin;
    const agreement = { id: this.ids.uuid(), bankBin: sandboxBin, validTo: null, expectedParts: 1 };
    await this.banks.insertAgreement(tx, { ...agreement, validFrom: this.clock.today() });
    await this.audit.record(tx, {
      action: 'bank_sandbox_made',
      subjectType: 'bank',
      subjectId: bin,
      after: { sandboxBin },
    });
    return sandboxBin;
  }

  /** The reader of bank names in lists, with the directory as it stands. */
  async names(tx: Tx): Promise<BankNames> {
    return new BankNames(namedBanksOf(await this.banks.bins(tx), await this.banks.names(tx)));
  }

  /**
   * From `from` on this institution is expected to report, in `expectedParts` parts a day: the denominator of coverage.
   * @throws BankNotFound, ReportingAgreementOverlaps
   */
  async agreeOnReporting(
    bin: string,
    from: BusinessDay,
    to: BusinessDay | null = null,
    expectedParts = 1,
  ): Promise<void> {
    await this.database.write(async (tx) => {
      await this.require(tx, bin);
      const agreement = { id: this.ids.uuid(), bankBin: bin, validFrom: from, validTo: to, expectedParts };
      try {
        await this.banks.insertAgreement(tx, agreement);
      } catch (error) {
        if (violatedConstraint(error) === 'reporting_agreements_no_overlap') throw new ReportingAgreementOverlaps(bin);
        throw error;
      }
      await this.audit.record(tx, {
        action: 'reporting_agreed',
        subjectType: 'bank',
        subjectId: bin,
        after: { from, to, expectedParts },
      });
    });
  }
}
