import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/db/database';
import { VendorNotFound } from '../vendors.errors';
import { NoticesRepository } from './notices.repository';
import type { Notices } from './notices.schema';

/** What vendors were told, or are to be told. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly database: Database,
    private readonly notices: NoticesRepository,
  ) {}

  /** The newest hundred. @throws VendorNotFound */
  ofVendor(vendorId: string): Promise<Notices> {
    return this.database.read(async (tx) => {
      if (!(await this.notices.hasVendor(tx, vendorId))) throw new VendorNotFound();
      const rows = await this.notices.ofVendor(tx, vendorId);
      const items = rows.map(({ id, kind, text, createdAt, sentAt, channel }) => ({
        ...{ id, kind, text, channel },
        createdAt: createdAt.toISOString(),
        sentAt: sentAt?.toISOString() ?? null,
      }));
      return { items };
    });
  }
}
