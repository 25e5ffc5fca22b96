import { Injectable } from '@nestjs/common';
import { BanksService } from '../banks/banks.service';
import { DomainError } from '../kernel/errors';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { StallsService } from '../markets/stalls.service';
import { runAs } from '../platform/actor';
import { Database, violatedConstraint } from '../platform/db/database';
import { ConsentsService } from '../vendors/consents.service';
import { LeasesService } from '../vendors/leases.service';
import { PayoutAccountsService } from '../vendors/payout-accounts.service';
import { accountInputSchema } from '../vendors/tenancy.schema';
import { vendorInputSchema } from '../vendors/vendor.schema';
import { VendorsService } from '../vendors/vendors.service';
import {
  COMMON_HOLDERS,
  holdersAt,
  SANDBOX_MARKETS,
  SANDBOX_SINCE,
  type SandboxHolder,
  type SandboxStall,
  VACANT_STALL,
} from './sandbox.plan';
import { SandboxRepository, type SandboxStallState } from './sandbox.repository';

const NO_MORE_ABOUT_A_STALL = {
  zoneId: null,
  tradeLine: 'Thử nghiệm',
  mcc: null,
  areaM2: null,
  fixed: true,
  soundbox: false,
  state: 'operating',
  openedOn: SANDBOX_SINCE,
} as const;

/** Two that seed at once meet at most once at every stall and account. */
const MAX_TRIES = 20;

/**
 * The province 00, where banks test: markets, stalls, vendors and accounts that nobody holds and no person's area reaches.
 * Brought in by the same services as everything real, so that it obeys the same rules.
 */
@Injectable()
export class SandboxService {
  constructor(
    private readonly database: Database,
    private readonly sandbox: SandboxRepository,
    private readonly banks: BanksService,
    private readonly stalls: StallsService,
    private readonly vendors: VendorsService,
    private readonly leases: LeasesService,
    private readonly accounts: PayoutAccountsService,
    private readonly consents: ConsentsService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Brings in what is missing for every institution that tests, and for those named. @returns their BINs @throws BankNotFound */
  async seed(bins: readonly string[] = []): Promise<string[]> {
    return runAs({ kind: 'system', id: 'sandbox' }, async () => {
      for (const bin of bins) await this.database.write((tx) => this.banks.ensureSandbox(tx, bin));
      const testers = await this.database.read((tx) => this.sandbox.testers(tx));
      for (const bin of testers) await this.seedBank(bin);
      return testers;
    });
  }

  /** As {@link seed}, for one. @returns the BIN of its test institution */
  async ensure(bin: string): Promise<string> {
    return runAs({ kind: 'system', id: 'sandbox' }, async () => {
      const sandboxBin = await this.database.write((tx) => this.banks.ensureSandbox(tx, bin));
      await this.seedBank(bin, sandboxBin);
      return sandboxBin;
    });
  }

  /** Done in steps that each look first: one that was cut short, or met another of the same moment, goes on. */
  private async seedBank(bin: string, sandboxBin?: string): Promise<void> {
    const institution = sandboxBin ?? (await this.database.write((tx) => this.banks.ensureSandbox(tx, bin)));
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.seedAll(bin, institution);
      } catch (error) {
        if (tries === MAX_TRIES || !isMeeting(error)) throw error;
      }
    }
  }

  private async seedAll(bin: string, sandboxBin: string): Promise<void> {
    const holders = holdersAt(bin);
    const stalls = [...COMMON_HOLDERS, ...holders].flatMap((holder) => holder.stalls);
    await this.ensureStalls([...stalls, VACANT_STALL]);
    for (const holder of [...COMMON_HOLDERS, ...holders]) await this.ensureHolder(holder, sandboxBin);
  }

  private async ensureStalls(stalls: readonly SandboxStall[]): Promise<void> {
    await this.database.write(async (tx) => {
      const known = new Set(
        (
          await this.sandbox.stalls(
            tx,
            stalls.map(({ code }) => code),
          )
        ).map(({ code }) => code),
      );
      for (const market of SANDBOX_MARKETS) {
        const row = { id: this.ids.uuid(), ...market };
        const marketId = await this.sandbox.ensureMarket(tx, row, SANDBOX_SINCE, this.clock.now());
        const missing = stalls
          .filter((stall) => stall.market === market.code && !known.has(stall.code))
          .map(({ code, number }) => ({ id: this.ids.uuid(), code, number, ...NO_MORE_ABOUT_A_STALL }));
        if (missing.length > 0) await this.stalls.addMany(tx, marketId, missing);
      }
    });
  }

  /** Vendor and consent first, then the leases: a stall that is held names its vendor when this is taken up again. */
  private async ensureHolder(holder: SandboxHolder, bankBin: string): Promise<void> {
    const codes = holder.stalls.map(({ code }) => code);
    const states = await this.database.read((tx) => this.sandbox.stalls(tx, codes));
    const vendorId = states.find((state) => state.vendorId !== null)?.vendorId ?? (await this.newVendor(holder));
    for (const { code } of states.filter((state) => state.vendorId === null)) {
      await this.leases.begin(code, { vendorId, fromDay: SANDBOX_SINCE, toDay: null });
    }
    const unpaid = states.filter((state) => !state.hasAccount);
    if (holder.account !== null && unpaid.length > 0) {
      await this.assign(unpaid, await this.accountFor(vendorId, bankBin, holder.account));
    }
  }

  private async newVendor({ name, consents, stalls }: SandboxHolder): Promise<string> {
    const marketCode = stalls[0]?.market ?? null;
    const { id } = await this.vendors.register(vendorInputSchema.parse({ fullName: name, marketCode }));
    if (consents) {
      await this.consents.give(id, { purpose: 'stall_figures', textVersion: 'sandbox', givenHow: 'form' });
    }
    return id;
  }

  private async accountFor(vendorId: string, bankBin: string, accountNumber: string): Promise<string> {
    const known = await this.database.read((tx) => this.sandbox.accountOf(tx, vendorId, bankBin));
    if (known !== null) return known;
    const holderName = 'TAI KHOAN THU NGHIEM';
    const account = accountInputSchema.parse({ bankBin, accountNumber, holderName });
    const { id } = await this.accounts.add(vendorId, account);
    await this.accounts.verify(id, { how: 'bank_reply' });
    return id;
  }

  private async assign(stalls: readonly SandboxStallState[], accountId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.write(async (tx) => {
      for (const stall of stalls) {
        await this.sandbox.assign(tx, { id: this.ids.uuid(), accountId }, stall, SANDBOX_SINCE, now);
      }
    });
  }
}

/** Whether another has just written what was about to be written. */
function isMeeting(error: unknown): boolean {
  return error instanceof DomainError ? error.kind === 'conflict' : violatedConstraint(error) !== null;
}
