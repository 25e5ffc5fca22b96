/** A sentence in both languages of the product; Vietnamese is the default. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** What went wrong in terms a caller can act on; `platform/http` turns it into a status. */
export type ErrorKind =
  | 'malformed' // 400: cannot be read
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not_found' // 404
  | 'conflict' // 409
  | 'precondition_failed' // 412: If-Match names another version
  | 'too_large' // 413
  | 'unsupported' // 415
  | 'invalid' // 422: read, understood, refused
  | 'precondition_required' // 428: If-Match is missing
  | 'rate_limited' // 429
  | 'unavailable'; // 503: try again

/** One field, line or cell that is wrong. */
export interface FieldProblem {
  /** JSON pointer into the request body. */
  readonly pointer?: string;
  /** Physical line of a text file, row of a sheet, index of an element; from 1. */
  readonly line?: number;
  /** Column title or field name in a file. */
  readonly column?: string;
  readonly code: string;
  readonly message: Bilingual;
}

/**
 * The one base of every refusal. `code` is stable for ever, snake_case, and matched on by banks and console;
 * the sentences say what happened and what to do, and may change.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly text: Bilingual,
    readonly fields: readonly FieldProblem[] = [],
    /** For `unavailable` and `rate_limited`: seconds after which a retry makes sense. */
    readonly retryAfterSeconds?: number,
  ) {
    super(`${code}: ${text.en}`);
    this.name = new.target.name;
  }
}
