import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database } from '../platform/db/database';
import { Sealing, type SealedPlace } from '../platform/secrets/sealing';
import { BankKeyCannotMove, BankKeyNotFound, TooManyBankKeys } from './bank-key.errors';
import { type BankKey, BankKeyRepository, type BankKeyWithMaterial } from './bank-key.repository';
import { type BankKeyState, MAX_LIVE_KEYS, mayMoveKey } from './bank-key.rules';
import { BankNotFound } from './banks.errors';
import type { BankSigningKey } from './bank-request-signer';
import type { KeyMaterial } from './bank-signature.base';
import type { BankKeyAlg } from './bank-signature.types';

const HMAC_SECRET_BYTES = 32;

/** Keys with which banks sign: made here, shown once, kept sealed (hmac) or as the public half (ed25519). */
@Injectable()
export class BankKeyService {
  constructor(
    private readonly database: Database,
    private readonly keys: BankKeyRepository,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes a key. What it answers exists nowhere else: hand it over and forget it.
   * @throws BankNotFound, TooManyBankKeys
   */
  create(bin: string, alg: BankKeyAlg): Promise<BankSigningKey> {
    const keyId = `${bin}-${this.ids.uuid()}`;
    const { shown, material } = this.make(keyId, alg);
    return this.database.write(async (tx) => {
      await this.keys.lockBank(tx, bin);
      if (!(await this.keys.isListed(tx, bin))) throw new BankNotFound(bin);
      if ((await this.keys.countLive(tx, bin)) >= MAX_LIVE_KEYS) throw new TooManyBankKeys();
      await this.keys.insert(tx, { keyId, bankBin: bin, alg, material, createdAt: this.clock.now() });
      const after = { bankBin: bin, alg, state: 'active' };
      await this.audit.record(tx, { action: 'bank_key_created', subjectType: 'bank_key', subjectId: keyId, after });
      return shown;
    });
  }

  /** Newest first, without any secret. */
  listOf(bin: string): Promise<BankKey[]> {
    return this.database.read((tx) => this.keys.listOf(tx, bin));
  }

  /** Suspends, resumes or retires. @throws BankKeyNotFound, BankKeyCannotMove */
  async move(keyId: string, to: BankKeyState): Promise<void> {
    await this.database.write(async (tx) => {
      const key = await this.keys.find(tx, keyId);
      if (!key) throw new BankKeyNotFound();
      const moved = mayMoveKey(key.state, to) && (await this.keys.move(tx, keyId, key.state, to, this.clock.now()));
      if (!moved) throw new BankKeyCannotMove(key.state, to);
      await this.audit.record(tx, {
        action: `bank_key_${to}`,
        subjectType: 'bank_key',
        subjectId: keyId,
        before: { state: key.state },
        after: { state: to },
      });
    });
  }

  /** The key in a form that verifies. @throws SealBroken when the sealing key is another one than at its making */
  materialOf({ keyId, alg, material }: BankKeyWithMaterial): KeyMaterial {
    if (alg === 'hmac-sha256') return { alg, secret: this.sealing.open(material, placeOf(keyId)) };
    return { alg, key: createPublicKey({ key: material, format: 'der', type: 'spki' }) };
  }

  private make(keyId: string, alg: BankKeyAlg): { shown: BankSigningKey; material: Buffer } {
    if (alg === 'hmac-sha256') {
      const secret = randomBytes(HMAC_SECRET_BYTES);
      const material = this.sealing.seal(secret, placeOf(keyId));
      return { shown: { keyId, alg, secret: secret.toString('base64') }, material };
    }
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    return { shown: { keyId, alg, privateKey: pem }, material: publicKey.export({ format: 'der', type: 'spki' }) };
  }
}

function placeOf(keyId: string): SealedPlace {
  return { table: 'bank_keys', column: 'material', row: keyId };
}
