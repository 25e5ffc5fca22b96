/**
 * Which rows somebody may see and change: every scoped row carries its province, commune, market or bank. The database
 * holds the same text in the setting {@link SCOPE_SETTING} of each transaction, where row-level security reads it.
 */
export type Scope =
  /** Nothing: requests of nobody in particular, and whoever has not said who they are. */
  | { readonly kind: 'none' }
  /** Everything: our own jobs and the operator's shell. */
  | { readonly kind: 'system' }
  /** Markets of these provinces, by two-digit codes. */
  | { readonly kind: 'province'; readonly codes: readonly string[] }
  /** Markets of these communes, by five-digit codes. */
  | { readonly kind: 'communes'; readonly codes: readonly string[] }
  /** These markets, by market codes. */
  | { readonly kind: 'markets'; readonly codes: readonly string[] }
  /** What this institution reported, and the accounts held with it. */
  | { readonly kind: 'bank'; readonly bin: string }
  /** One vendor's own stalls, by the vendor's id. */
  | { readonly kind: 'vendor'; readonly id: string };

export const NO_SCOPE: Scope = { kind: 'none' };
export const SYSTEM_SCOPE: Scope = { kind: 'system' };

/** The kinds of areas that a person's role can be bound to. */
export const AREA_KINDS = ['province', 'communes', 'markets'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];
export type AreaScope = Extract<Scope, { codes: readonly string[] }>;

export const SCOPE_SETTING = 'cho40.scope';

/** What a value in the setting may look like; nothing that would need quoting. */
const VALUE = /^[A-Za-z0-9-]{2,36}$/;

/**
 * `kind:value,value`, as the setting holds it; empty for no scope.
 * @throws Error for a value that no code of ours looks like: a defect, not a refusal
 */
export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case 'none':
      return '';
    case 'system':
      return 'system';
    case 'bank':
      return `bank:${valueOf(scope.bin)}`;
    case 'vendor':
      return `vendor:${valueOf(scope.id)}`;
    default:
      // An area without places is no area: nothing, rather than everything.
      return scope.codes.length === 0 ? '' : `${scope.kind}:${scope.codes.map(valueOf).join(',')}`;
  }
}

function valueOf(value: string): string {
  if (!VALUE.test(value)) throw new Error('a scope holds codes and ids only');
  return value;
}
