import { maskAccount, maskPersonalId, maskPhone } from '../kernel/masking';
import type { ConsentRecord } from './consents.repository';
import type { AccountRecord } from './payout-accounts.repository';
import type { Account, Consent, VendorInput } from './vendor.schema';

/** What may leave of an account: the number masked. */
export function accountView(account: AccountRecord): Account {
  const { id, bankBin, bankName, accountNumber, holderName, kind, scheme, attention, verifiedHow, verifiedAt } =
    account;
  return {
    id,
    bankBin,
    bankName,
    accountMasked: maskAccount(accountNumber) ?? '',
    holderName,
    kind,
    scheme,
    attention,
    verified: verifiedAt !== null,
    verifiedHow,
    verifiedAt: verifiedAt?.toISOString() ?? null,
    version: account.version,
  };
}

export function consentView({ vendorId: _vendor, givenAt, withdrawnAt, ...consent }: ConsentRecord): Consent {
  return { ...consent, givenAt: givenAt.toISOString(), withdrawnAt: withdrawnAt?.toISOString() ?? null };
}

/** A household's tax code is its owner's personal ID since July 2025. */
export function maskTaxCode(taxCode: string | null): string | null {
  return taxCode?.length === 12 ? maskPersonalId(taxCode) : taxCode;
}

/** Facts of a vendor for the audit trail: identifiers masked, nothing added. */
export function auditedVendor(facts: Partial<VendorInput>): object {
  return {
    ...facts,
    ...(facts.personalId !== undefined && { personalId: maskPersonalId(facts.personalId) }),
    ...(facts.taxCode !== undefined && { taxCode: maskTaxCode(facts.taxCode) }),
    ...(facts.phone !== undefined && { phone: maskPhone(facts.phone) }),
  };
}
