import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { AuditTrailService } from '../audit/audit-trail.service';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { QrIssuesService } from '../qr/qr-issues.service';
import { StallFiguresService } from '../submissions/stall-figures.service';
import { VendorsService } from '../vendors/vendors.service';
import { DataRequestsRepository } from './data-requests.repository';

/** No person has more than this many entries of one kind. */
const ALL = 1_000;
const TRAIL = 200;

/** Everything that is held on one vendor, in one document for the person it is about. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly database: Database,
    private readonly vendors: VendorsService,
    private readonly codes: QrIssuesService,
    private readonly figures: StallFiguresService,
    private readonly requests: DataRequestsRepository,
    private readonly trail: AuditTrailService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The copy that a person may ask for, identifiers in clear: handing it out is recorded.
   * @returns JSON text, UTF-8 @throws VendorNotFound
   */
  async copyOf(vendorId: string): Promise<string> {
    const held = await this.database.write(async (tx) => {
      const everything = await this.everything(tx, vendorId);
      await this.audit.record(tx, {
        action: 'personal_data_copied',
        subjectType: 'vendor',
        subjectId: vendorId,
        after: { parts: Object.keys(everything) },
      });
      return everything;
    });
    const { items } = await this.trail.list({ subjectType: 'vendor', subjectId: vendorId, limit: TRAIL });
    const trail = items.map(({ at, action, actor }) => ({ at, action, by: actor.kind }));
    return JSON.stringify({ madeAt: this.clock.now().toISOString(), ...held, trail }, withDigits, 2);
  }

  private async everything(tx: Tx, vendorId: string) {
    const held = await this.vendors.heldOn(tx, vendorId);
    return {
      ...held,
      codes: await this.codes.ofVendor(tx, vendorId),
      stallFigures: await this.figures.ofVendor(tx, vendorId),
      requests: await this.requests.list(tx, { vendorId }, { after: null, limit: ALL }),
    };
  }
}

/** Amounts are bigint, which JSON does not know: digit strings, as everywhere on the wire. */
function withDigits(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
