import type { Tx } from '../../platform/db/database';

/** What a vendor must be told. */
export interface VendorNotice {
  readonly vendorId: string;
  readonly kind: 'account_changed';
  /** In Vietnamese, as the vendor reads it; identifiers masked. */
  readonly text: string;
  /** The record it is about, as the audit trail names it. */
  readonly about: { readonly type: string; readonly id: string };
}

/**
 * Tells vendors what concerns their money. Called in the transaction of the change, so it writes and does not send: a
 * notice exists if and only if the change does. An adapter with a channel (SMS, Zalo, a letter) sends what is recorded
 * afterwards and notes when and how.
 */
export abstract class NotificationPort {
  abstract notify(tx: Tx, notice: VendorNotice): Promise<void>;
}
