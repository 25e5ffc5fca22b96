/** What a log line tells of an error. */
export interface ErrorFacts {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  /** Of PostgreSQL: which constraint or table, never the row. */
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: ErrorFacts;
}

const DEEPEST_CAUSE = 4;

/**
 * An error as the log keeps it: named facts only. Errors of the database carry the failing row (`detail`) and TypeORM's
 * carry the parameters of the statement; both hold names, phones and accounts of people. So may the sentence itself.
 */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutIdentifiers(String(error)) };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const { cause } = error;
  return {
    type: error.name,
    message: withoutValues(error, error.message),
    stack: error.stack && withoutValues(error, error.stack),
    code: text(code),
    constraint: text(constraint),
    table: text(table),
    ...(cause !== undefined && depth < DEEPEST_CAUSE && { cause: errorFacts(cause, depth + 1) }),
  };
}

/** An error in one sentence, on the same terms: `TypeError: …`. */
export function errorText(error: unknown): string {
  const { type, message } = errorFacts(error, DEEPEST_CAUSE);
  return error instanceof Error ? `${type}: ${message || '?'}` : message;
}

/** The error as it may be kept elsewhere than in our log, by a library that writes down sentence and stack. */
export function withoutPersonalData(error: unknown): Error {
  const { type, message, stack } = errorFacts(error);
  return Object.assign(new Error(message), { name: type, ...(stack !== undefined && { stack }) });
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const LONG_NUMBER = new RegExp(`(${UUID})|\\p{Nd}{9,}`, 'giu');

/** IDs, phones and accounts are nine digits or more; what remains tells two of them apart. Our own ids stay. */
export function withoutIdentifiers(text: string): string {
  return text.replace(LONG_NUMBER, (found, uuid: string | undefined) => uuid ?? `****${found.slice(-3)}`);
}

const QUOTED = /"[^"\n]*"/g;

/** Data exceptions (class 22) and broken JSON quote what could not be read. */
function withoutValues(error: Error, text: string): string {
  const { code } = error as { code?: unknown };
  const quotesValues = error instanceof SyntaxError || (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code));
  return withoutIdentifiers(quotesValues ? text.replace(QUOTED, '"…"') : text);
}
