import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AudienceVerifiers } from '../access/audience.verifiers';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { type Actor, currentActor, runAs, withSystemScope } from '../platform/actor';
import { Env } from '../platform/config/env';
import { Database } from '../platform/db/database';
import { VendorsService } from '../vendors/vendors.service';
import { VendorHeldElsewhere, VendorLinkNotValid } from './privacy.errors';
import { type VendorLink, VendorLinksRepository } from './vendor-links.repository';

/** Long enough to be of use to somebody who comes twice a year. */
const GOOD_MS = 180 * 86_400_000;
const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** A link shown once, to be handed to the vendor. */
export interface HandedLink {
  /** `PUBLIC_URL/mine#secret`: what follows `#` never reaches a server's log. */
  readonly link: string;
  readonly expiresAt: string;
}

/** A vendor's way to the own stalls without a password: a secret of 256 bits in a link, of which we keep the hash. */
@Injectable()
export class VendorLinksService {
  constructor(
    private readonly database: Database,
    private readonly links: VendorLinksRepository,
    private readonly vendors: VendorsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly env: Env,
    verifiers: AudienceVerifiers,
  ) {
    verifiers.add('vendor', (request) => this.verify(request));
  }

  /**
   * A new link; former ones end, so that a lost one is made worthless by asking again.
   * @throws VendorNotFound, VendorNotActive, VendorHeldElsewhere
   */
  async make(vendorId: string): Promise<HandedLink> {
    await this.mustBeReachedWhole(vendorId);
    return this.database.write(async (tx) => {
      await this.vendors.requireActive(tx, vendorId);
      const now = this.clock.now();
      const token = this.ids.secret(TOKEN_BYTES);
      const expiresAt = new Date(now.getTime() + GOOD_MS);
      const ended = await this.links.revokeAll(tx, vendorId, now);
      await this.links.insert(tx, {
        id: this.ids.uuid(),
        vendorId,
        tokenHash: hashOf(token),
        by: currentActor().id,
        at: now,
        expiresAt,
      });
      await this.audit.record(tx, {
        action: 'vendor_link_made',
        subjectType: 'vendor',
        subjectId: vendorId,
        after: { expiresAt, formerLinksEnded: ended },
      });
      return { link: `${this.env.publicUrl}/mine#${token}`, expiresAt: expiresAt.toISOString() };
    });
  }

  /** Ends every link of the vendor. @throws VendorNotFound */
  async revoke(vendorId: string): Promise<void> {
    await this.database.write(async (tx) => {
      await this.vendors.identify(tx, vendorId);
      const ended = await this.links.revokeAll(tx, vendorId, this.clock.now());
      if (ended === 0) return;
      await this.audit.record(tx, { action: 'vendor_link_revoked', subjectType: 'vendor', subjectId: vendorId });
    });
  }

  /** The sweeper's: links that ended long ago. @returns how many went */
  purge(): Promise<number> {
    return this.database.write((tx) => this.links.purge(tx, this.clock.now()));
  }

  /** Whoever makes a link could use it. @throws VendorNotFound, VendorHeldElsewhere */
  private async mustBeReachedWhole(vendorId: string): Promise<void> {
    const { leases: reached } = await this.vendors.read(vendorId);
    const { leases: all } = await withSystemScope(() => this.vendors.read(vendorId));
    if (all.length > reached.length) throw new VendorHeldElsewhere();
  }

  /** @throws VendorLinkNotValid */
  private async verify(request: FastifyRequest): Promise<Actor> {
    const token = request.headers['x-vendor-link'];
    if (typeof token !== 'string' || !TOKEN_SHAPE.test(token)) throw new VendorLinkNotValid();
    // Whose link it is nobody knows yet: it is looked up with the reach of the system.
    const link = await runAs({ kind: 'system', id: 'vendor-link' }, () => this.lookUp(token));
    request.credential = { policy: 'session', key: link.id };
    const scope = { kind: 'vendor', id: link.vendorId } as const;
    return { kind: 'vendor', id: link.vendorId, scope, address: request.ip, traceId: request.id };
  }

  /** @throws VendorLinkNotValid */
  private async lookUp(token: string): Promise<VendorLink> {
    const link = await this.database.read((tx) => this.links.find(tx, hashOf(token), this.clock.now()));
    if (!link) throw new VendorLinkNotValid();
    const today = this.clock.today();
    if (link.lastUsedOn !== today) await this.database.write((tx) => this.links.markUsed(tx, link.id, today));
    return link;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
