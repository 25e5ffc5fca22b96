import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { MarketsService } from '../markets/markets.service';
import { Database, violatedConstraint } from '../platform/db/database';
import { ConsentsRepository } from './consents.repository';
import type { ConsentInput } from './tenancy.schema';
import type { Consent } from './vendor.schema';
import { consentView } from './vendor.view';
import { ConsentGiven, ConsentNotFound, ConsentWithdrawn } from './vendors.errors';
import { VendorsService } from './vendors.service';

/** What vendors agreed to, and took back as easily as they gave it. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentsRepository,
    private readonly vendors: VendorsService,
    private readonly markets: MarketsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws VendorNotFound, VendorNotActive, ConsentGiven */
  async give(vendorId: string, input: ConsentInput): Promise<Consent> {
    return this.database.write(async (tx) => {
      await this.vendors.requireActive(tx, vendorId);
      const consent = { id: this.ids.uuid(), vendorId, ...input, givenAt: this.clock.now() };
      try {
        await this.consents.insert(tx, consent);
      } catch (error) {
        if (violatedConstraint(error) === 'consents_no_overlap') throw new ConsentGiven();
        throw error;
      }
      await this.audit.record(tx, {
        action: 'consent_given',
        subjectType: 'vendor',
        subjectId: vendorId,
        after: { consentId: consent.id, ...input },
      });
      return consentView({ ...consent, withdrawnAt: null });
    });
  }

  /** Consent forms of a whole market, collected on paper. @returns how many were new @throws MarketNotFound */
  async giveForMarket(marketCode: string, input: ConsentInput): Promise<number> {
    return this.database.write(async (tx) => {
      const market = await this.markets.requireLocked(tx, marketCode);
      const given = await this.consents.giveForMarket(tx, market.id, input, this.clock.now(), () => this.ids.uuid());
      await this.audit.record(tx, {
        action: 'consents_given',
        subjectType: 'market',
        subjectId: marketCode,
        after: { given, ...input },
      });
      return given;
    });
  }

  /** @throws ConsentNotFound, ConsentWithdrawn */
  async withdraw(id: string): Promise<Consent> {
    return this.database.write(async (tx) => {
      const consent = await this.consents.findLocked(tx, id);
      if (!consent) throw new ConsentNotFound();
      if (consent.withdrawnAt !== null) throw new ConsentWithdrawn();
      const withdrawnAt = this.clock.now();
      await this.consents.withdraw(tx, id, withdrawnAt);
      await this.audit.record(tx, {
        action: 'consent_withdrawn',
        subjectType: 'vendor',
        subjectId: consent.vendorId,
        after: { consentId: id, purpose: consent.purpose },
      });
      return consentView({ ...consent, withdrawnAt });
    });
  }
}
