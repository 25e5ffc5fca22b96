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
 * carry the parameters of the statement; both hold names, phones and accounts of people.
 */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const { cause } = error;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    code: text(code),
    constraint: text(constraint),
    table: text(table),
    ...(cause !== undefined && depth < DEEPEST_CAUSE && { cause: errorFacts(cause, depth + 1) }),
  };
}
