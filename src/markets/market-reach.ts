import { type Scope, scopeText } from '../kernel/scope';
import { currentScope } from '../platform/actor';

/** The column of `markets` that each kind of area names. */
const COLUMN = { province: 'province_code', communes: 'commune_code', markets: 'code' } as const;

/**
 * The condition that keeps a statement to the markets that the running actor may reach: the predicate of the session,
 * as the repositories hold it. Row-level security holds the same once more (migrations/0005-scope.ts); should either
 * be lost – a policy dropped, a role that passes policies – the other still stands.
 * @param alias of table `markets` in the statement
 */
export function inReach(alias: string): string {
  return reachOf(currentScope(), alias);
}

/** Banks and vendors are told apart by their own rows; outside of any actor the database alone decides. */
export function reachOf(scope: Scope | undefined, alias: string): string {
  if (scope === undefined || scope.kind === 'system' || scope.kind === 'bank' || scope.kind === 'vendor') return 'true';
  if (scope.kind === 'none' || scopeText(scope) === '') return 'false';
  // scopeText has just refused whatever is not a plain code, so nothing here needs quoting.
  return `${alias}.${COLUMN[scope.kind]} = ANY ('{${scope.codes.join(',')}}')`;
}

/** {@link inReach} for rows that hang on a market: `column` is the id of theirs. */
export function marketInReach(column: string): string {
  const condition = inReach('reach');
  if (condition === 'true' || condition === 'false') return condition;
  return `${column} IN (SELECT reach.id FROM markets reach WHERE ${condition})`;
}

/** The same for vendors: those of the province, or who hold or held a stall in reach or were registered there. */
export function vendorInReach(alias: string): string {
  const scope = currentScope();
  const condition = reachOf(scope, 'reach');
  if (condition === 'true' || condition === 'false') return condition;
  if (scope?.kind === 'province') return reachOf(scope, alias);
  const markets = `SELECT reach.id FROM markets reach WHERE ${condition}`;
  return `(${alias}.registered_in IN (${markets})
    OR EXISTS (SELECT FROM leases held WHERE held.vendor_id = ${alias}.id AND held.market_id IN (${markets})))`;
}
