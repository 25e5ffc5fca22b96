import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatWeekday } from './day';
import { type Language, NBSP } from './language';
import { formatDecimal, formatVnd, formatVndWords, groupDigits } from './money';
import { formatChange, formatRatio, formatShare } from './percent';

/** All formats in the language of the screen. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'vi';
  return useMemo(
    () => ({
      language,
      count: (value: number | string) => groupDigits(String(value), language),
      decimal: (text: string) => formatDecimal(text, language),
      area: (squareMetres: string) => `${formatDecimal(squareMetres, language)}${NBSP}m²`,
      vnd: (amount: string) => formatVnd(amount, language),
      vndWords: (amount: string) => formatVndWords(amount, language),
      ratio: (part: number | bigint, whole: number | bigint) => formatRatio(part, whole, language),
      share: (share: string) => formatShare(share, language),
      change: (current: string, previous: string) => formatChange(current, previous, language),
      ago: (instant: string) => formatAgo(instant, new Date(), language),
      weekday: (day: string) => formatWeekday(day, language),
    }),
    [language],
  );
}

export type Format = ReturnType<typeof useFormat>;
