import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Env } from '../platform/config/env';
import type { Tx } from '../platform/db/database';
import { type Staff, StaffRepository } from './staff.repository';

/** Long enough to be handed over in person. */
const LINK_GOOD_MS = 72 * 3_600_000;
const TOKEN_BYTES = 32;

export type LinkPurpose = 'activate' | 'reset';

/** A link that is shown or sent once; we keep only its hash. */
export interface OneTimeLink {
  readonly staffId: string;
  readonly email: string;
  /** The link's secret, for callers that use it themselves (the demo). */
  readonly token: string;
  /** `PUBLIC_URL/activate#token`: what follows `#` never reaches a server's log. */
  readonly link: string;
  readonly expiresAt: Date;
}

/** The links with which people choose their password. */
@Injectable()
export class OneTimeLinks {
  constructor(
    private readonly staff: StaffRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly env: Env,
  ) {}

  /** Ends every former link of the person. */
  async make(tx: Tx, account: Pick<Staff, 'id' | 'email'>, purpose: LinkPurpose): Promise<OneTimeLink> {
    const now = this.clock.now();
    const token = this.ids.secret(TOKEN_BYTES);
    const expiresAt = new Date(now.getTime() + LINK_GOOD_MS);
    await this.staff.endLinks(tx, account.id, now);
    await this.staff.insertLink(tx, { tokenHash: linkHash(token), staffId: account.id, purpose, expiresAt });
    const link = `${this.env.publicUrl}/activate#${token}`;
    return { staffId: account.id, email: account.email, token, link, expiresAt };
  }
}

/** What is kept of a link's secret. */
export function linkHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
