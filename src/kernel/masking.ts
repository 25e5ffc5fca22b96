/**
 * How identifiers of persons are shown wherever they are not asked for by a reasoned, recorded reveal (robustness §4).
 * Whatever does not look like the identifier it should be is hidden whole.
 */
const HIDDEN = '****';

/** `001012345789` → `0010*****789`. */
export function maskPersonalId(id: string): string {
  return id.length === 12 ? `${id.slice(0, 4)}*****${id.slice(-3)}` : HIDDEN;
}

/** `0900003986` → `090****986`. */
export function maskPhone(phone: string): string {
  return phone.length === 10 ? `${phone.slice(0, 3)}****${phone.slice(-3)}` : HIDDEN;
}

/** A household's tax code is its owner's personal ID since July 2025; those of enterprises are public. */
export function maskTaxCode(taxCode: string): string {
  return taxCode.length === 12 ? maskPersonalId(taxCode) : taxCode;
}

/** `0011004411223` → `****1223`, however long the account is: the length tells nothing either. */
export function maskAccount(account: string): string {
  return account.length >= 6 ? `${HIDDEN}${account.slice(-4)}` : HIDDEN;
}
