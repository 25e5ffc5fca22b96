import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, type Tx, violatedConstraint } from '../platform/db/database';
import { Sealing, type SealedPlace } from '../platform/secrets/sealing';
import {
  BankKeyCannotMove,
  BankKeyKnown,
  BankKeyNotCollectable,
  BankKeyNotFound,
  BankKeyNotYours,
  LiveKeyNeedsTwo,
  TooManyBankKeys,
} from './bank-key.errors';
import { type BankKey, BankKeyRepository, type BankKeyWithMaterial, type NewBankKey } from './bank-key.repository';
import { type BankEnvironment, type BankKeyState, COLLECT_MS, MAX_LIVE_KEYS, mayMoveKey } from './bank-key.rules';
import { BankNotFound } from './banks.errors';
import type { BankSigningKey } from './bank-request-signer';
import type { KeyMaterial } from './bank-signature.base';
import type { BankKeyAlg } from './bank-signature.types';

export type { BankKey } from './bank-key.repository';

const HMAC_SECRET_BYTES = 32;

/** What a new key is to be. */
export interface KeyWish {
  readonly bin: string;
  readonly alg: BankKeyAlg;
  readonly environment: BankEnvironment;
  /** The bank's own, SPKI DER; null: both halves are made here. */
  readonly publicKey: Buffer | null;
}

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
   * Makes a key by one person's word: for tests of banks, and for the doors below. What it answers exists nowhere else:
   * hand it over and forget it.
   * @throws BankNotFound, TooManyBankKeys
   */
  create(bin: string, alg: BankKeyAlg, environment: BankEnvironment = 'live'): Promise<BankSigningKey> {
    return this.database.write((tx) => this.createIn(tx, { bin, alg, environment }));
  }

  /**
   * The first live key of an institution, from the operator's shell: whoever has that holds database and sealing key
   * anyway. From the second on it takes two people.
   * @throws LiveKeyNeedsTwo, BankNotFound
   */
  createFirst(bin: string, alg: BankKeyAlg): Promise<BankSigningKey> {
    return this.database.write(async (tx) => {
      await this.keys.lockBank(tx, bin);
      if (await this.keys.hadAny(tx, bin, 'live')) throw new LiveKeyNeedsTwo();
      return this.createIn(tx, { bin, alg, environment: 'live' });
    });
  }

  /** Takes in the public half of a pair that the bank made. @returns its key id @throws as {@link check} */
  register(bin: string, publicKey: Buffer, environment: BankEnvironment): Promise<string> {
    return this.database.write((tx) => this.registerIn(tx, bin, publicKey, environment));
  }

  /** What speaks against a key; holds the bank until the transaction ends. @throws BankNotFound, TooManyBankKeys */
  async check(tx: Tx, { bin, environment }: Pick<KeyWish, 'bin' | 'environment'>): Promise<void> {
    await this.keys.lockBank(tx, bin);
    if (!(await this.keys.isListed(tx, bin))) throw new BankNotFound(bin);
    const live = await this.keys.countLive(tx, bin, environment, this.clock.now());
    if (live >= MAX_LIVE_KEYS) throw new TooManyBankKeys(environment);
  }

  /**
   * A key that two people agreed on. A public key is good from now on; otherwise nothing is made before `collectBy`
   * collects it, so that no secret lies anywhere in between. @returns its key id @throws as {@link check}, BankKeyKnown
   */
  async grant(tx: Tx, wish: KeyWish, collectBy: string): Promise<string> {
    const { bin, alg, environment, publicKey } = wish;
    if (publicKey) return this.registerIn(tx, bin, publicKey, environment);
    await this.check(tx, wish);
    const key = this.newKey(bin, alg, environment);
    const until = new Date(key.createdAt.getTime() + COLLECT_MS);
    await this.keys.insertToCollect(tx, key, collectBy, until);
    await this.recordNew(tx, 'bank_key_granted', key, 'to_collect');
    return key.keyId;
  }

  /**
   * Makes the granted key and shows it, once, to whoever asked for it.
   * @throws BankKeyNotFound, BankKeyNotYours, BankKeyNotCollectable
   */
  collect(bin: string, keyId: string, by: string): Promise<BankSigningKey> {
    return this.database.write(async (tx) => {
      const key = await this.mustFind(tx, keyId, bin);
      if (key.collectBy !== null && key.collectBy !== by) throw new BankKeyNotYours();
      const inTime = key.collectUntil !== null && this.clock.now() < key.collectUntil;
      const { shown, material } = this.make(keyId, key.alg);
      const collected = key.state === 'to_collect' && inTime && (await this.keys.collect(tx, keyId, material));
      if (!collected) throw new BankKeyNotCollectable();
      await this.audit.record(tx, {
        action: 'bank_key_collected',
        subjectType: 'bank_key',
        subjectId: keyId,
        before: { state: 'to_collect' },
        after: { state: 'active' },
      });
      return shown;
    });
  }

  /** Newest first, without any secret. */
  listOf(bin: string): Promise<BankKey[]> {
    return this.database.read((tx) => this.keys.listOf(tx, bin));
  }

  /** Of every bank, newest first, without any secret. */
  all(tx: Tx): Promise<BankKey[]> {
    return this.keys.all(tx);
  }

  /** Suspends, resumes or retires. @throws BankKeyNotFound, BankKeyCannotMove */
  async move(keyId: string, to: BankKeyState, bin?: string): Promise<void> {
    await this.database.write(async (tx) => {
      const key = await this.mustFind(tx, keyId, bin);
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
  materialOf({ keyId, alg, material }: Pick<BankKeyWithMaterial, 'keyId' | 'alg' | 'material'>): KeyMaterial {
    if (alg === 'hmac-sha256') return { alg, secret: this.sealing.open(material, placeOf(keyId)) };
    return { alg, key: createPublicKey({ key: material, format: 'der', type: 'spki' }) };
  }

  private async createIn(tx: Tx, wish: Omit<KeyWish, 'publicKey'>): Promise<BankSigningKey> {
    await this.check(tx, wish);
    const key = this.newKey(wish.bin, wish.alg, wish.environment);
    const { shown, material } = this.make(key.keyId, key.alg);
    await this.keys.insert(tx, { ...key, material });
    await this.recordNew(tx, 'bank_key_created', key, 'active');
    return shown;
  }

  private async registerIn(tx: Tx, bin: string, material: Buffer, environment: BankEnvironment): Promise<string> {
    await this.check(tx, { bin, environment });
    const key = this.newKey(bin, 'ed25519', environment);
    try {
      await this.keys.insert(tx, { ...key, material });
    } catch (error) {
      if (violatedConstraint(error) === 'bank_keys_public') throw new BankKeyKnown();
      throw error;
    }
    await this.recordNew(tx, 'bank_key_registered', key, 'active');
    return key.keyId;
  }

  /** The environment stands in the id, so that it is plain in every log which of the two a bank used. */
  private newKey(bankBin: string, alg: BankKeyAlg, environment: BankEnvironment): NewBankKey {
    const keyId = `${bankBin}-${environment === 'test' ? 'test-' : ''}${this.ids.uuid()}`;
    return { keyId, bankBin, alg, environment, createdAt: this.clock.now() };
  }

  private recordNew(tx: Tx, action: string, { keyId, ...key }: NewBankKey, state: BankKeyState): Promise<void> {
    const { bankBin, alg, environment } = key;
    return this.audit.record(tx, {
      action,
      subjectType: 'bank_key',
      subjectId: keyId,
      after: { bankBin, alg, environment, state },
    });
  }

  private async mustFind(tx: Tx, keyId: string, bin?: string): Promise<BankKey> {
    const key = await this.keys.find(tx, keyId);
    if (!key || (bin !== undefined && key.bankBin !== bin)) throw new BankKeyNotFound();
    return key;
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
