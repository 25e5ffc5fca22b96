import type { NamedBank } from './bank-name.rules';

/** A row of `bank-directory.json`. */
export interface DirectoryBank {
  readonly bin: string;
  readonly code: string;
  readonly shortName: string;
  readonly legalName: string;
  readonly payerAppScans: boolean;
  readonly nameLookup: boolean;
  readonly note: string;
  /** Set on the second BIN of an institution, which no name means. */
  readonly aliasOf?: string;
  readonly usualNames: readonly string[];
  readonly formerNames: readonly string[];
}

export type BankNameKind = 'code' | 'short' | 'legal' | 'usual' | 'former';

export interface BankNameRow {
  readonly bankBin: string;
  readonly name: string;
  readonly kind: BankNameKind;
}

/** Every name of every bank; a second BIN is known by its number alone. */
export function bankNameRows(banks: readonly DirectoryBank[]): BankNameRow[] {
  return banks
    .filter((bank) => bank.aliasOf === undefined)
    .flatMap((bank) => {
      const row = (kind: BankNameKind) => (name: string) => ({ bankBin: bank.bin, name, kind });
      return [
        row('code')(bank.code),
        row('short')(bank.shortName),
        row('legal')(bank.legalName),
        ...bank.usualNames.map(row('usual')),
        ...bank.formerNames.map(row('former')),
      ];
    });
}

/** Names by bank, as `BankNames` wants them. Banks without a name are still found by their BIN. */
export function namedBanksOf(bins: readonly string[], rows: readonly BankNameRow[]): NamedBank[] {
  return bins.map((bin) => {
    const own = rows.filter((row) => row.bankBin === bin);
    return {
      bin,
      names: own.filter((row) => row.kind !== 'former').map((row) => row.name),
      formerNames: own.filter((row) => row.kind === 'former').map((row) => row.name),
    };
  });
}

export function namedBanks(banks: readonly DirectoryBank[]): NamedBank[] {
  return namedBanksOf(
    banks.map((bank) => bank.bin),
    bankNameRows(banks),
  );
}
