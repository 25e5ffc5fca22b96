import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AudienceVerifiers } from '../access/audience.verifiers';
import { Clock } from '../kernel/clock';
import { Env } from '../platform/config/env';
import { Database } from '../platform/db/database';
import type { Actor } from '../platform/actor';
import { type BankKeyWithMaterial, BankKeyRepository } from './bank-key.repository';
import { BankKeyService } from './bank-key.service';
import { matchesBase, type SignableRequest, signatureBase } from './bank-signature.base';
import { SignatureRefused } from './bank-signature.errors';
import { checkWindow, readSignature, type ReadSignature, readSignedBody } from './bank-signature.rules';
import type { SignedBank } from './bank-signature.types';

/** Headers that must not come twice: Node would keep one or join them, and the bank may have meant the other. */
const SINGLE = new Set(['signature', 'signature-input', 'content-type', 'content-digest', 'idempotency-key']);

/**
 * Proves the audience `bank`: the request carries one good signature of a live key (bank-contract §3).
 *
 * The nonce is used up at one point only: after the signature has proved that the bank itself wrote the request, and
 * before anything else is decided, in a transaction of its own. Earlier, a stranger could use up nonces they have seen.
 * Later, a request that was refused for another reason (suspended key, broken body, 5xx) could be sent again by
 * whoever recorded it. Refusals before that point depend on the signed bytes, the key and the clock alone, and a
 * repetition of the same bytes meets the same refusal until it has expired.
 */
@Injectable()
export class BankSignatureGuard {
  private readonly origin: string;

  constructor(
    private readonly database: Database,
    private readonly keys: BankKeyRepository,
    private readonly keyService: BankKeyService,
    private readonly clock: Clock,
    env: Env,
    verifiers: AudienceVerifiers,
  ) {
    this.origin = new URL(env.publicUrl).origin;
    verifiers.add('bank', (request) => this.verify(request));
  }

  /** Sets `request.bank`. @throws SignatureRefused */
  async verify(request: FastifyRequest): Promise<Actor> {
    const message = this.messageOf(request);
    const signature = readSignature(message);
    const body = readSignedBody(message);
    checkWindow(signature, this.clock.now());
    const key = await this.prove(message, signature);
    if (key.state !== 'active') throw new SignatureRefused('key_suspended');
    const bank: SignedBank = { bin: key.bankBin, keyId: key.keyId, ...body };
    request.bank = bank;
    request.credential = { policy: 'bank-key', key: key.keyId };
    return {
      kind: 'bank',
      id: bank.bin,
      scope: { kind: 'bank', bin: bank.bin },
      address: request.ip,
      traceId: request.id,
    };
  }

  /** Key, signature and nonce in one short transaction. */
  private prove(message: SignableRequest, signature: ReadSignature): Promise<BankKeyWithMaterial> {
    return this.database.write(async (tx) => {
      const key = await this.keys.find(tx, signature.keyId);
      if (!key) throw new SignatureRefused('key_unknown');
      if (signature.alg !== undefined && signature.alg !== key.alg) throw new SignatureRefused('algorithm_mismatch');
      if (!this.matches(message, signature, key)) throw new SignatureRefused('signature_invalid');
      const expiresAt = new Date(signature.expires * 1_000);
      const isNew = await this.keys.useNonce(tx, key.keyId, signature.nonce, expiresAt);
      if (!isNew) throw new SignatureRefused('nonce_replayed');
      return key;
    });
  }

  private matches(message: SignableRequest, signature: ReadSignature, key: BankKeyWithMaterial): boolean {
    const base = baseOf(message, signature);
    return base !== null && matchesBase(base, signature.signature, this.keyService.materialOf(key));
  }

  /** The target is what came on the wire under the address we are known by, never a Host or X-Forwarded-* header. */
  private messageOf({ method, originalUrl, headers, raw }: FastifyRequest): SignableRequest {
    if (!originalUrl.startsWith('/')) throw new SignatureRefused('signature_invalid');
    const names = raw.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    const repeated = names.some((name, index) => SINGLE.has(name) && names.indexOf(name) !== index);
    if (repeated) throw new SignatureRefused('signature_malformed');
    return { method, targetUri: this.origin + originalUrl, headers };
  }
}

/** The bank of an operation for banks, proved by its signature. */
export const CallingBank = createParamDecorator((_data: unknown, context: ExecutionContext): SignedBank => {
  const { bank } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!bank) throw new SignatureRefused('signature_missing');
  return bank;
});

/** Null when a header that the signature covers is not in the request. */
function baseOf(message: SignableRequest, { components, input }: ReadSignature): Buffer | null {
  try {
    return signatureBase(message, components, input);
  } catch {
    return null;
  }
}
