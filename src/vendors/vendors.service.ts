import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { AdministrativeUnitsService } from '../markets/administrative-units.service';
import { MarketsService } from '../markets/markets.service';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { currentActor, currentScope } from '../platform/actor';
import { VersionConflict } from '../platform/http/if-match';
import { CursorInvalid, type Page, pageOf } from '../platform/http/page';
import { decodeUuidCursor } from '../platform/http/uuid-cursor';
import { ConsentsRepository } from './consents.repository';
import { LeasesRepository } from './leases.repository';
import { PayoutAccountsRepository } from './payout-accounts.repository';
import { type VendorState, vendorStepFault } from './vendor.rules';
import type { Vendor, VendorChange, VendorInput, VendorListQuery, VendorRow } from './vendor.schema';
import { accountView, consentView } from './vendor.view';
import {
  MarketRequired,
  PersonalIdTaken,
  SamePerson,
  VendorCannotMove,
  VendorHoldsStalls,
  VendorNotActive,
  VendorNotFound,
} from './vendors.errors';
import {
  type HeldStall,
  type VendorHome,
  type VendorListRow,
  type VendorRecord,
  VendorsRepository,
} from './vendors.repository';

/** The register of vendors. Identifiers go out masked. */
@Injectable()
export class VendorsService {
  constructor(
    private readonly database: Database,
    private readonly vendors: VendorsRepository,
    private readonly leases: LeasesRepository,
    private readonly accounts: PayoutAccountsRepository,
    private readonly consents: ConsentsRepository,
    private readonly units: AdministrativeUnitsService,
    private readonly markets: MarketsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async list({ cursor, limit, ...filter }: VendorListQuery): Promise<Page<VendorRow>> {
    const [afterId] = decodeUuidCursor(cursor, 1) ?? [];
    const today = this.clock.today();
    return this.database.read(async (tx) => {
      if (afterId && !(await this.vendors.find(tx, afterId))) throw new CursorInvalid();
      const total = await this.vendors.count(tx, filter, today);
      const rows = await this.vendors.list(tx, filter, { afterId, limit, today });
      const held = await this.vendors.heldStalls(
        tx,
        rows.map((row) => row.id),
        today,
      );
      return pageOf(rows, { limit, total, key: (row) => [row.id], item: (row) => vendorRow(row, held) });
    });
  }

  /** The vendor with its dated chain. @throws VendorNotFound */
  read(id: string): Promise<Vendor> {
    return this.database.read((tx) => this.describe(tx, id));
  }

  /**
   * A draft; it is submitted and approved by two people.
   * @throws PersonalIdTaken, MarketNotFound, MarketRequired for people bound to markets or communes who name none
   */
  async register({ marketCode, ...input }: VendorInput): Promise<Vendor> {
    return this.database.write(async (tx) => {
      const vendor = { id: this.ids.uuid(), ...input, state: 'draft' as const };
      const home = await this.homeOf(tx, marketCode);
      await refusingTakenId(() => this.vendors.insertMany(tx, [vendor], home, this.clock.now()));
      await this.audit.record(tx, {
        action: 'vendor_created',
        subjectType: 'vendor',
        subjectId: vendor.id,
        after: input,
      });
      return this.describe(tx, vendor.id);
    });
  }

  /** Who sees the vendor before there is a lease. */
  private async homeOf(tx: Tx, marketCode: string | null): Promise<VendorHome> {
    if (marketCode !== null) {
      const { id, provinceCode } = await this.markets.require(tx, marketCode);
      return { provinceCode, registeredIn: id };
    }
    const kind = currentScope()?.kind;
    if (kind === 'markets' || kind === 'communes') throw new MarketRequired();
    return { provinceCode: await this.units.province(tx), registeredIn: null };
  }

  /** Changes what is named, if `version` is still the present one. @throws VendorNotFound, VersionConflict, PersonalIdTaken */
  async change(id: string, version: number, change: VendorChange): Promise<Vendor> {
    return this.database.write(async (tx) => {
      const before = await this.requireLocked(tx, id);
      await refusingTakenId(async () => {
        const written = await this.vendors.update(tx, { ...before, ...change }, version, this.clock.now());
        if (!written) throw new VersionConflict();
      });
      const fields = Object.keys(change) as (keyof VendorChange)[];
      const former = Object.fromEntries(fields.map((field) => [field, before[field]])) as VendorChange;
      await this.audit.record(tx, {
        action: 'vendor_changed',
        subjectType: 'vendor',
        subjectId: id,
        before: former,
        after: change,
      });
      return this.describe(tx, id);
    });
  }

  /** Takes one step. @throws VendorNotFound, VendorCannotMove, SamePerson, VendorHoldsStalls */
  async move(id: string, to: VendorState, reason: string | null = null): Promise<Vendor> {
    return this.database.write(async (tx) => {
      const vendor = await this.requireLocked(tx, id);
      const actor = currentActor();
      const fault = vendorStepFault({ from: vendor.state, to, actorId: actor.id, submittedBy: vendor.submittedBy });
      if (fault === 'same_person') throw new SamePerson();
      if (fault) throw new VendorCannotMove(vendor.state, to);
      if (to === 'ceased' && (await this.vendors.holdsStalls(tx, id, this.clock.today())))
        throw new VendorHoldsStalls();
      const submitter = actor.kind === 'staff' ? actor.id : null;
      const submittedBy = to === 'submitted' ? submitter : vendor.submittedBy;
      await this.vendors.setState(tx, id, { state: to, reason, submittedBy }, this.clock.now());
      await this.audit.record(tx, {
        action: `vendor_${to}`,
        subjectType: 'vendor',
        subjectId: id,
        before: { state: vendor.state },
        after: { state: to },
        ...(reason !== null && { reason }),
      });
      return this.describe(tx, id);
    });
  }

  /** Who a vendor is, for services of higher modules. @throws VendorNotFound */
  async identify(tx: Tx, id: string): Promise<{ fullName: string; provinceCode: string }> {
    const vendor = await this.vendors.identify(tx, id);
    if (!vendor) throw new VendorNotFound();
    return vendor;
  }

  /** Everything the register holds on a vendor, identifiers in clear: for that person alone. @throws VendorNotFound */
  async heldOn(tx: Tx, id: string) {
    const vendor = await this.vendors.find(tx, id);
    if (!vendor) throw new VendorNotFound();
    const { phoneMasked: _phone, personalIdMasked: _id, accounts: _accounts, ...shown } = await this.describe(tx, id);
    const { personalId, phone, taxCode } = vendor;
    const accounts = await this.accounts.ofVendors(tx, [id]);
    return {
      vendor: {
        ...shown,
        personalId: personalId?.reveal() ?? null,
        phone: phone?.reveal() ?? null,
        taxCode: taxCode?.reveal() ?? null,
      },
      accounts: accounts.map((account) => ({ ...accountView(account), accountNumber: account.accountNumber.reveal() })),
    };
  }

  /** For services of this module. @throws VendorNotFound, VendorNotActive where nothing new may be added */
  async requireActive(tx: Tx, id: string): Promise<VendorRecord> {
    const vendor = await this.requireLocked(tx, id);
    if (vendor.state === 'rejected' || vendor.state === 'ceased') throw new VendorNotActive();
    return vendor;
  }

  private async requireLocked(tx: Tx, id: string): Promise<VendorRecord> {
    const vendor = await this.vendors.findLocked(tx, id);
    if (!vendor) throw new VendorNotFound();
    return vendor;
  }

  private async describe(tx: Tx, id: string): Promise<Vendor> {
    const vendor = await this.vendors.find(tx, id);
    if (!vendor) throw new VendorNotFound();
    return {
      id,
      kind: vendor.kind,
      fullName: vendor.fullName,
      phoneMasked: vendor.phone?.masked ?? null,
      personalIdMasked: vendor.personalId?.masked ?? null,
      taxCode: vendor.taxCode?.masked ?? null,
      householdName: vendor.householdName,
      address: vendor.address,
      state: vendor.state,
      stateReason: vendor.stateReason,
      version: vendor.version,
      leases: await this.leases.shownOfVendor(tx, id),
      accounts: (await this.accounts.ofVendors(tx, [id])).map(accountView),
      consents: (await this.consents.ofVendor(tx, id)).map(consentView),
    };
  }
}

function vendorRow({ personalId, phone, ...row }: VendorListRow, held: readonly HeldStall[]): VendorRow {
  return {
    ...row,
    phoneMasked: phone?.masked ?? null,
    personalIdMasked: personalId?.masked ?? null,
    stalls: held.filter((stall) => stall.vendorId === row.id).map(({ vendorId: _vendor, ...stall }) => stall),
  };
}

async function refusingTakenId(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violatedConstraint(error) === 'vendors_personal_id_index') throw new PersonalIdTaken();
    throw error;
  }
}
