import { Injectable } from '@nestjs/common';
import { DomainError } from '../kernel/errors';
import { currentActor } from '../platform/actor';
import { Database } from '../platform/db/database';
import { QrIssuesService } from '../qr/qr-issues.service';
import { ConsentsService } from '../vendors/consents.service';
import type { Consent } from '../vendors/vendor.schema';
import { VendorsService } from '../vendors/vendors.service';
import type { DataRequest, OwnRequestInput } from './data-requests.schema';
import { DataRequestsService } from './data-requests.service';
import type { OwnRecord } from './vendor-portal.schema';

/** A link in wrong hands must not fill the department's list. */
const OPEN_AT_ONCE = 5;

/** What a vendor may see and do by the own link; row-level security keeps it to the one vendor. */
@Injectable()
export class VendorPortalService {
  constructor(
    private readonly database: Database,
    private readonly vendors: VendorsService,
    private readonly consents: ConsentsService,
    private readonly codes: QrIssuesService,
    private readonly requests: DataRequestsService,
  ) {}

  async read(): Promise<OwnRecord> {
    const { id } = currentActor();
    const { fullName, phoneMasked, leases, consents } = await this.vendors.read(id);
    const codes = await this.database.read((tx) => this.codes.ofVendor(tx, id));
    const { items: requests } = await this.requests.list({ vendorId: id, limit: 50 });
    const running = leases.filter(({ toDay }) => toDay === null);
    return {
      fullName,
      phoneMasked,
      stalls: running.map(({ stallCode, stallNumber, marketName, fromDay }) => ({
        stallCode,
        number: stallNumber,
        marketName,
        fromDay,
      })),
      codes,
      consents,
      requests,
    };
  }

  /** @throws ConsentNotFound, ConsentWithdrawn */
  withdraw(consentId: string): Promise<Consent> {
    return this.consents.withdraw(consentId);
  }

  /** @throws TooManyOpenRequests */
  async ask(input: OwnRequestInput): Promise<DataRequest> {
    const { id } = currentActor();
    const { total } = await this.requests.list({ vendorId: id, state: 'open', limit: 1 });
    if (total >= OPEN_AT_ONCE) throw new TooManyOpenRequests();
    return this.requests.recordOwn(id, input);
  }
}

export class TooManyOpenRequests extends DomainError {
  constructor() {
    super('conflict', 'too_many_open_requests', {
      vi: 'Các yêu cầu trước của bạn đang được xử lý. Hãy chờ trả lời rồi gửi yêu cầu mới.',
      en: 'Your former requests are being worked on. Wait for their answers before asking again.',
    });
  }
}
