/** Who reaches a row, besides our own jobs: one SQL condition for each kind of scope; absent means never. */
export interface RowRule {
  /** People bound to provinces, communes or markets. */
  readonly area?: string;
  readonly bank?: string;
  readonly vendor?: string;
}

/** The codes of the scope, read once per statement. */
export const VALUES = '(SELECT scope_values())::text[]';
/** The ids of the scope; only under the kinds that hold ids. */
export const IDS = '(SELECT scope_values())::uuid[]';
export const IS_PROVINCE = `(SELECT scope_kind()) = 'province'`;

/**
 * Rows of other tables that a rule may ask for, by functions that the planner does not look into: policies written out
 * inside policies would make planning a statement dearer than running it.
 */
export const MARKETS = '(SELECT scoped_markets())';
export const MARKET_NOS = '(SELECT scoped_market_nos())';

/**
 * Puts `table` under row-level security, its owner included. One policy for all commands: what cannot be seen can be
 * neither written nor changed. Without the setting of the scope no row is there.
 */
export function protectStatements(table: string, { area, bank, vendor }: RowRule): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY ${table}_scope ON ${table} USING (CASE (SELECT scope_kind())
      WHEN 'system' THEN true
      WHEN 'bank' THEN ${bank ?? 'false'}
      WHEN 'vendor' THEN ${vendor ?? 'false'}
      ELSE coalesce((SELECT scope_is_area()), false) AND (${area ?? 'false'}) END);`;
}

export function unprotectStatements(table: string): string {
  return `
    DROP POLICY ${table}_scope ON ${table};
    ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;`;
}
