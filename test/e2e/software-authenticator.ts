import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { v7 } from 'uuid';

/** What one answer of the device does differently, for tests of what must be refused. */
export interface Misbehaviour {
  /** The page that asks; our own unless told. */
  readonly origin?: string;
  /** The site the key is for; our own unless told. */
  readonly rpId?: string;
  /** Whether finger, face or PIN were checked; default true. */
  readonly verifiesUser?: boolean;
  /** Another question than the one that was asked. */
  readonly challenge?: string;
  /** What the counter says; default one more than before. */
  readonly counter?: number;
  readonly userHandle?: string;
  readonly type?: string;
}

interface CreationOptions {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

const FLAGS = { present: 0x01, verified: 0x04, withCredential: 0x40 };

/**
 * An authenticator in software: ES256, one credential, attestation "none". It does what a phone does, from the page's
 * question to the signed answer (WebAuthn Level 3, §6), and misbehaves on demand.
 */
export class SoftwareAuthenticator {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly id = randomBytes(16);
  private userHandle = '';
  private counter = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId = new URL(origin).hostname,
  ) {}

  /** The same device once more: what a thief holds who copied it. */
  copy(): SoftwareAuthenticator {
    return Object.assign(Object.create(SoftwareAuthenticator.prototype) as SoftwareAuthenticator, this);
  }

  /** `navigator.credentials.create` */
  create(options: unknown, wrong: Misbehaviour = {}) {
    const { challenge, user } = options as CreationOptions;
    this.userHandle = user.id;
    const credential = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([this.id.length >> 8, this.id.length & 0xff]),
      this.id,
      coseKey(this.keys.publicKey),
    ]);
    const authData = Buffer.concat([this.authenticatorData(FLAGS.withCredential, wrong), credential]);
    const attestationObject = map(
      [text('fmt'), text('none')],
      [text('attStmt'), map()],
      [text('authData'), bytes(authData)],
    );
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', challenge, wrong).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** `navigator.credentials.get` */
  get(options: unknown, wrong: Misbehaviour = {}) {
    const { challenge } = options as { challenge: string };
    this.counter += 1;
    const authenticatorData = this.authenticatorData(0, wrong);
    const clientDataJSON = this.clientData('webauthn.get', challenge, wrong);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()]);
    return this.answer({
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, this.keys.privateKey).toString('base64url'),
      userHandle: wrong.userHandle ?? this.userHandle,
    });
  }

  private answer<Response extends object>(response: Response) {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, wrong: Misbehaviour): Buffer {
    const { origin = this.origin } = wrong;
    const data = { type: wrong.type ?? type, challenge: wrong.challenge ?? challenge, origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(data));
  }

  private authenticatorData(more: number, { rpId = this.rpId, verifiesUser = true, counter }: Misbehaviour): Buffer {
    const flags = FLAGS.present | (verifiesUser ? FLAGS.verified : 0) | more;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(counter ?? this.counter, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
  }
}

/** A user handle of nobody. */
export const strangersHandle = (): string => Buffer.from(v7().replace(/-/g, ''), 'hex').toString('base64url');

/** RFC 9053: kty EC2, alg ES256, crv P-256, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' }) as { x?: string; y?: string };
  return map(
    [whole(1), whole(2)],
    [whole(3), whole(-7)],
    [whole(-1), whole(1)],
    [whole(-2), bytes(Buffer.from(x, 'base64url'))],
    [whole(-3), bytes(Buffer.from(y, 'base64url'))],
  );
}

/** As much of CBOR (RFC 8949) as an authenticator speaks. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

const whole = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (...entries: [Buffer, Buffer][]): Buffer => Buffer.concat([head(5, entries.length), ...entries.flat()]);
