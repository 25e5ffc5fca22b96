import { randomBytes } from 'node:crypto';
import { BankKeyService } from '../../src/banks/bank-key.service';
import { type BankRequest, type BankSigningKey, signBankRequest } from '../../src/banks/bank-request-signer';
import type { BankKeyAlg } from '../../src/banks/bank-signature.types';
import type { Clock } from '../../src/kernel/clock';
import { runAs } from '../../src/platform/actor';
import { confidential } from '../factories/confidential-values';
import { saveBank } from '../factories/vendor.factory';
import { type Answer, answerOf } from './answers';
import { PUBLIC_URL, type TestApp } from './app';

export interface BankSending {
  readonly method?: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly body?: string | Buffer;
  readonly contentType?: string;
  readonly idempotencyKey?: string;
  /** What is signed differently from how it is sent or from what is right. */
  readonly signed?: Partial<BankRequest>;
}

/** A bank with a key of its own. */
export class BankClient {
  constructor(
    private readonly app: Pick<TestApp, 'url'> & { readonly clock: Clock; readonly publicUrl?: string },
    readonly bin: string,
    readonly key: BankSigningKey,
  ) {}

  /** The headers of a good request. */
  sign({ method = 'POST', path, body, contentType, idempotencyKey, signed }: BankSending): Record<string, string> {
    return signBankRequest({
      method,
      url: (this.app.publicUrl ?? PUBLIC_URL) + path,
      body,
      contentType: contentType ?? 'application/json',
      idempotencyKey: idempotencyKey ?? randomBytes(8).toString('hex'),
      key: this.key,
      now: this.app.clock.now(),
      nonce: randomBytes(16).toString('base64url'),
      ...signed,
    });
  }

  send(sending: BankSending): Promise<Answer> {
    return this.sendAs(sending, this.sign(sending));
  }

  /** With headers made before: for repetitions and forgeries. */
  async sendAs(sending: BankSending, headers: Record<string, string>): Promise<Answer> {
    const { method = 'POST', path, body } = sending;
    return answerOf(await fetch(this.app.url + path, { method, body, headers }));
  }

  get(path: string): Promise<Answer> {
    return this.send({ method: 'GET', path });
  }
}

/** Lists the bank if need be and makes a key through the real service. */
export async function bankWithKey(app: TestApp, bin: string, alg: BankKeyAlg = 'hmac-sha256'): Promise<BankClient> {
  await app.database.write((tx) => saveBank(tx, bin));
  const keys = app.app.get(BankKeyService, { strict: false });
  const key = await runAs({ kind: 'cli', id: 'test' }, () => keys.create(bin, alg));
  confidential('bank key', 'secret' in key ? key.secret : key.privateKey);
  return new BankClient(app, bin, key);
}
