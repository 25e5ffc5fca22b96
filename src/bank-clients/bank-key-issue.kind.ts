import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApprovalKind, ApprovalSummary, AskedFor } from '../approvals/approval-kind';
import { Approvals } from '../approvals/approvals.service';
import { BankKeyService, type KeyWish } from '../banks/bank-key.service';
import { BanksService } from '../banks/banks.service';
import { bankBinSchema } from '../kernel/bank-bin';
import type { Tx } from '../platform/db/database';

const payloadSchema = z.strictObject({
  bin: bankBinSchema,
  alg: z.enum(['hmac-sha256', 'ed25519']),
  /** SPKI DER in base64; null: made when it is collected. */
  publicKey: z.string().nullable(),
});
export type BankKeyIssuePayload = z.infer<typeof payloadSchema>;

/** A live key of a bank: what is signed with it counts, so it takes two people. No secret lies in the request. */
@Injectable()
export class BankKeyIssue implements ApprovalKind<BankKeyIssuePayload> {
  readonly kind = 'bank_key_issue';
  readonly payload = payloadSchema;
  readonly request = 'bank_client.manage';
  /** Who may see what keys there are may be the second person, given `approval.decide`: a leader as well. */
  readonly decide = 'bank_client.read';
  readonly see = 'bank_client.read';

  constructor(
    private readonly keys: BankKeyService,
    private readonly banks: BanksService,
    approvals: Approvals,
  ) {
    approvals.register(this);
  }

  async describe(tx: Tx, { payload }: AskedFor<BankKeyIssuePayload>): Promise<ApprovalSummary> {
    const { shortName } = await this.banks.require(tx, payload.bin);
    const bank = `${shortName} (${payload.bin})`;
    return {
      sentence: {
        vi: `Cấp một khóa chạy thật ${payload.alg} cho ${bank}.`,
        en: `Issue a live ${payload.alg} key to ${bank}.`,
      },
      facts: [
        {
          label: { vi: 'Khóa công khai (SHA-256)', en: 'Public key (SHA-256)' },
          before: null,
          after: payload.publicKey === null ? null : fingerprint(payload.publicKey),
        },
      ].filter(({ after }) => after !== null),
    };
  }

  async check(tx: Tx, { payload }: AskedFor<BankKeyIssuePayload>): Promise<void> {
    await this.keys.check(tx, wishOf(payload));
  }

  /** @returns the id of the key */
  async apply(tx: Tx, { payload, requestedBy }: AskedFor<BankKeyIssuePayload>): Promise<{ keyId: string }> {
    return { keyId: await this.keys.grant(tx, wishOf(payload), requestedBy.id) };
  }
}

function wishOf({ bin, alg, publicKey }: BankKeyIssuePayload): KeyWish {
  return { bin, alg, environment: 'live', publicKey: publicKey === null ? null : Buffer.from(publicKey, 'base64') };
}

function fingerprint(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}
