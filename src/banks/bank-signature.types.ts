import 'fastify';

export type BankKeyAlg = 'hmac-sha256' | 'ed25519';

/** Who signed a request and what the signature vouches for; on `request.bank` of every operation for banks. */
export interface SignedBank {
  readonly bin: string;
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
