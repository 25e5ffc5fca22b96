import { foldText } from '../kernel/text';

/** A bank as lists may mean it. */
export interface NamedBank {
  readonly bin: string;
  /** What it is called today, in every spelling we know. */
  readonly names: readonly string[];
  /** What it was called; a present name of another bank goes first. */
  readonly formerNames: readonly string[];
}

export type BankReading = { readonly bin: string } | 'unknown' | 'ambiguous';

const LEGAL_FORMS = new Set(['nh', 'nhtmcp', 'tmcp', 'tm', 'cp', 'tnhh', 'mtv']);
const LEGAL_PHRASES = /\b(?:ngan hang|thuong mai co phan|co phan|mot thanh vien)\b/g;
const BRANCH = /(?:^|[\s,(–-])(?:cn|chi nhanh|pgd|phong giao dich)\b.*$/u;

/**
 * Reads the name of a bank as people write it: BIN, code, short, legal or usual name; accents, case, spaces,
 * punctuation, legal forms and the branch do not count (samples README, Bank).
 */
export class BankNames {
  private readonly present = new Map<string, Set<string>>();
  private readonly former = new Map<string, Set<string>>();

  constructor(banks: readonly NamedBank[]) {
    for (const bank of banks) {
      this.note(this.present, [bank.bin, ...bank.names], bank.bin);
      this.note(this.former, bank.formerNames, bank.bin);
    }
  }

  read(text: string): BankReading {
    // A branch of a foreign bank is part of its legal name, so the whole text goes first.
    for (const key of [wholeKey(text), bankNameKey(text)]) {
      for (const index of [this.present, this.former]) {
        const bins = index.get(key);
        if (bins) return onlyOne(bins);
      }
    }
    return 'unknown';
  }

  private note(index: Map<string, Set<string>>, names: readonly string[], bin: string): void {
    const keys = names.flatMap((name) => [wholeKey(name), withoutCountry(wholeKey(name))]);
    for (const key of keys) {
      if (key === '') continue;
      index.set(key, (index.get(key) ?? new Set()).add(bin));
    }
  }
}

/** The name without its branch, as {@link wholeKey}. */
export function bankNameKey(text: string): string {
  return wholeKey(foldText(text).replace(BRANCH, ''));
}

function wholeKey(text: string): string {
  return foldText(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(LEGAL_PHRASES, ' ')
    .split(' ')
    .filter((word) => !LEGAL_FORMS.has(word))
    .join('');
}

/** "Ngoại thương Việt Nam" is called "Ngoại thương" too. Not so with `VN`: Shinhan's code SHBVN must not become SHB. */
function withoutCountry(key: string): string {
  return key.replace(/vietnam$/, '');
}

function onlyOne(bins: ReadonlySet<string>): BankReading {
  const [bin] = bins;
  return bins.size === 1 && bin ? { bin } : 'ambiguous';
}
