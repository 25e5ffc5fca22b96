import { isStallCode, type StallCode } from '../kernel/stall-code';

const CODE_LENGTH = 11;
const PREFIX = 'CHO';

/**
 * The stall code in the content of a transfer as a bank hands it on: `MBVCB.1234.cho 7k2m-9qx1 tien rau`. Banks change
 * the case and put separators anywhere, so both are ignored; letters and digits around the code are not, they may be
 * glued to it.
 * @returns `null` where there is none, and where two different valid codes stand: then nobody guesses
 */
export function stallCodeInText(text: string): StallCode | null {
  const found = new Set(stallCodesInText(text));
  const [code] = found;
  return found.size === 1 && code !== undefined ? code : null;
}

function stallCodesInText(text: string): StallCode[] {
  const dense = withoutSeparators(text);
  const codes: StallCode[] = [];
  for (let at = dense.indexOf(PREFIX); at >= 0; at = dense.indexOf(PREFIX, at + 1)) {
    const candidate = dense.slice(at, at + CODE_LENGTH);
    if (isStallCode(candidate)) codes.push(candidate);
  }
  return codes;
}

/** Only what is neither letter, mark nor digit separates; only ASCII changes case (`ſ` must not become `S`). */
function withoutSeparators(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
