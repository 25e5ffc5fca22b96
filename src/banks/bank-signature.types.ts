import 'fastify';

export type BankKeyAlg = 'hmac-sha256' | 'ed25519';

/** Who signed a request and what the signature vouches for; on `request.bank` of every operation for banks. */
export interface SignedBank {
  /**
   * Under which everything it sends is kept and everything it asks for is looked up: its own BIN, or, signed with a test
   * key, that of its test institution.
   */
  readonly bin: string;
  /** The BIN that its files carry: always its own. */
  readonly headerBin: string;
  readonly keyId: string;
  /** With a body: the digest that was signed. Nothing counts before a DigestCheck over the bytes has passed. */
  readonly contentSha256?: Buffer;
  /** With a body: the signed key, 1–255 visible ASCII characters. */
  readonly idempotencyKey?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    bank?: SignedBank;
  }
}
