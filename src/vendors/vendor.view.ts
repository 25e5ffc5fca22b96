import type { ConsentRecord } from './consents.repository';
import type { AccountRecord } from './payout-accounts.repository';
import type { Account, Consent } from './vendor.schema';

/** What may leave of an account: the number masked. */
export function accountView(account: AccountRecord): Account {
  const { id, bankBin, bankName, accountNumber, holderName, kind, scheme, attention, verifiedHow, verifiedAt } =
    account;
  return {
    id,
    bankBin,
    bankName,
    accountMasked: accountNumber.masked,
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
