import type { SqlValue } from './sql';

/** The WHERE of a list, put together from the filters that were given; values are bound, never written into the text. */
export class Conditions {
  readonly params: SqlValue[] = [];
  private readonly clauses: string[] = [];

  /** Binds a value and says how to name it in the text. */
  bind(value: SqlValue): string {
    this.params.push(value);
    return `$${this.params.length}`;
  }

  /** Adds a clause unless the filter was not given. */
  add<T extends SqlValue>(value: T | undefined, clause: (placeholder: string) => string): this {
    return value === undefined ? this : this.also(clause(this.bind(value)));
  }

  /** Adds a clause whose values are bound already. */
  also(clause: string): this {
    this.clauses.push(clause);
    return this;
  }

  /** Every word must occur in the folded column; `strpos` knows no wildcards, so `%` and `_` are letters. */
  contains(column: string, words: readonly string[]): this {
    if (words.length === 0) return this;
    const list = this.bind(words);
    return this.also(`NOT EXISTS (SELECT FROM unnest(${list}::text[]) AS word WHERE strpos(${column}, word) = 0)`);
  }

  /** `WHERE …`, or nothing. */
  get text(): string {
    return this.clauses.length > 0 ? `WHERE ${this.clauses.join(' AND ')}` : '';
  }
}
