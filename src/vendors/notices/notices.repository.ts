import { Injectable } from '@nestjs/common';
import { execute, sql, sqlOne, type Tx } from '../../platform/db/database';
import type { VendorNotice } from './notification.port';

export interface NoticeRow extends Omit<VendorNotice, 'vendorId'> {
  readonly id: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly channel: string | null;
}

@Injectable()
export class NoticesRepository {
  async insert(tx: Tx, id: string, { vendorId, kind, text, about }: VendorNotice, now: Date): Promise<void> {
    await execute(
      tx,
      `INSERT INTO notices (id, vendor_id, kind, text, about_type, about_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, vendorId, kind, text, about.type, about.id, now],
    );
  }

  async hasVendor(tx: Tx, vendorId: string): Promise<boolean> {
    return (await sqlOne(tx, 'SELECT FROM vendors WHERE id = $1', [vendorId])) !== undefined;
  }

  /** Newest first. */
  ofVendor(tx: Tx, vendorId: string): Promise<NoticeRow[]> {
    return sql<NoticeRow>(
      tx,
      `SELECT id, kind, text, jsonb_build_object('type', about_type, 'id', about_id) AS about, created_at AS "createdAt",
         sent_at AS "sentAt", channel
       FROM notices WHERE vendor_id = $1 ORDER BY id DESC LIMIT 100`,
      [vendorId],
    );
  }
}
