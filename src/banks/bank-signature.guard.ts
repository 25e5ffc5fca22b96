import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AudienceVerifiers } from '../access/audience.verifiers';
import { Clock } from '../kernel/clock';
import { Env } from '../platform/config/env';
import { Database } from '../platform/db/database';
import { sandboxBinOf } from '../kernel/bank-bin';
import { SYSTEM_SCOPE } from '../kernel/scope';
import { type Actor, runAs } from '../platform/actor';
import { isAddressAllowed } from './bank-address.rules';
import { BankKeyRepository, type SigningKey } from './bank-key.repository';
import { NOTE_USE_EVERY_MS } from './bank-key.rules';
import { BankKeyService } from './bank-key.service';
import { matchesBase, type SignableRequest, signatureBase } from './bank-signature.base';
import { SignatureRefused } from './bank-signature.errors';
import { checkWindow, readSignature, type ReadSignature, readSignedBody } from './bank-signature.rules';
import type { SignedBank } from './bank-signature.types';

/** Headers that must not come twice: Node would keep one or join them, and the bank may have meant the other. */
const SINGLE = new Set(['signature', 'signature-input', 'content-type', 'content-digest', 'idempotency-key']);

const LOOKING_UP: Actor = { kind: 'system', id: 'bank-signature', scope: SYSTEM_SCOPE };

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
    // Keys are rows of banks, and who calls is known only once a key has been found.
    const key = await runAs(LOOKING_UP, () => this.prove(message, signature));
    if (key.state !== 'active') throw new SignatureRefused('key_suspended');
    if (!isAddressAllowed(request.ip, key.networks)) throw new SignatureRefused('address_not_allowed');
    await runAs(LOOKING_UP, () => this.noteUse(key));
    const bin = key.environment === 'test' ? sandboxBinOf(key.bankBin) : key.bankBin;
    const bank: SignedBank = { bin, headerBin: key.bankBin, keyId: key.keyId, ...body };
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
  private prove(message: SignableRequest, signature: ReadSignature): Promise<SigningKey> {
    return this.database.write(async (tx) => {
      const key = await this.keys.findForRequest(tx, signature.keyId);
      if (!key) throw new SignatureRefused('key_unknown');
      if (signature.alg !== undefined && signature.alg !== key.alg) throw new SignatureRefused('algorithm_mismatch');
      if (!this.matches(message, signature, key)) throw new SignatureRefused('signature_invalid');
      const expiresAt = new Date(signature.expires * 1_000);
      const isNew = await this.keys.useNonce(tx, key.keyId, signature.nonce, expiresAt);
      if (!isNew) throw new SignatureRefused('nonce_replayed');
      return key;
    });
  }

  /** When a key was last used tells whether it may be retired; to the minute is enough. */
  private async noteUse({ keyId, lastUsedAt }: SigningKey): Promise<void> {
    const now = this.clock.now();
    const unlessAfter = new Date(now.getTime() - NOTE_USE_EVERY_MS);
    if (lastUsedAt !== null && lastUsedAt > unlessAfter) return;
    await this.database.write((tx) => this.keys.noteUse(tx, keyId, now, unlessAfter));
  }

  private matches(message: SignableRequest, signature: ReadSignature, key: SigningKey): boolean {
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
