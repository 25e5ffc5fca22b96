import { type Language, MARKS, NBSP } from './language';

const WORDS: Record<Language, { thousandBillion: string; billion: string; million: string }> = {
  vi: { thousandBillion: 'nghìn tỷ', billion: 'tỷ', million: 'triệu' },
  en: { thousandBillion: 'trillion', billion: 'billion', million: 'million' },
};

/** Groups a string of digits by three; never through a number, so that any length stays exact. */
export function groupDigits(digits: string, language: Language): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, MARKS[language].group);
}

/** A decimal as the API sends it (`10149`, `3.5`) in the marks of the language. */
export function formatDecimal(text: string, language: Language): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = groupDigits(whole, language);
  return fraction ? `${grouped}${MARKS[language].decimal}${fraction}` : grouped;
}

/** `1850000` → `1.850.000 ₫`. Whole đồng as a string of digits, as the API sends it. */
export function formatVnd(amount: string, language: Language): string {
  return `${groupDigits(amount, language)}${NBSP}₫`;
}

/** For tiles and chart labels: `1,2 tỷ`, `45,7 triệu`; below a million the exact amount. Rounded for display only. */
export function formatVndWords(amount: string, language: Language): string {
  const value = BigInt(amount);
  const words = WORDS[language];
  if (value < 1_000_000n) return groupDigits(amount, language);
  if (value < 999_950_000n) return scaled(value, 1_000_000n, words.million, language);
  if (value < 999_950_000_000n) return scaled(value, 1_000_000_000n, words.billion, language);
  return scaled(value, 1_000_000_000_000n, words.thousandBillion, language);
}

function scaled(value: bigint, unit: bigint, word: string, language: Language): string {
  const tenths = (value * 10n + unit / 2n) / unit;
  const whole = groupDigits((tenths / 10n).toString(), language);
  const rest = tenths % 10n;
  const text = rest === 0n ? whole : `${whole}${MARKS[language].decimal}${rest}`;
  return `${text}${NBSP}${word}`;
}

/** Exact sum of amounts as the API sends them. */
export function sumVnd(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();
}
