import { maskAccount, maskPersonalId, maskPhone, maskTaxCode } from './masking';

/** The identifiers of persons that the register holds. */
export const CONFIDENTIAL_KINDS = ['personal_id', 'phone', 'tax_code', 'account'] as const;
export type ConfidentialKind = (typeof CONFIDENTIAL_KINDS)[number];

const MASKS: Readonly<Record<ConfidentialKind, (clear: string) => string>> = {
  personal_id: maskPersonalId,
  phone: maskPhone,
  tax_code: maskTaxCode,
  account: maskAccount,
};

/**
 * An identifier of a person that shows its mask wherever it ends up: in a log, an answer, an audit entry, an error, a
 * text put together. The clear value comes out by {@link reveal} alone, so that every place that needs it can be found.
 */
export class Confidential {
  readonly #clear: string;

  private constructor(
    readonly kind: ConfidentialKind,
    clear: string,
  ) {
    this.#clear = clear;
  }

  static of(kind: ConfidentialKind, clear: string): Confidential {
    return new Confidential(kind, clear);
  }

  /** For values that may be unknown. */
  static orNull(kind: ConfidentialKind, clear: string | null): Confidential | null {
    return clear === null ? null : new Confidential(kind, clear);
  }

  /** The value in clear. Whoever calls this answers for where it goes. */
  reveal(): string {
    return this.#clear;
  }

  /** `0010*****789`, `090****986`, `****6789`. */
  get masked(): string {
    return MASKS[this.kind](this.#clear);
  }

  equals(other: Confidential | null): boolean {
    return other !== null && other.kind === this.kind && other.#clear === this.#clear;
  }

  toString(): string {
    return this.masked;
  }

  toJSON(): string {
    return this.masked;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.masked;
  }
}
