import type { Bilingual } from '../../kernel/errors';

export type Language = keyof Bilingual;

/** Vietnamese unless `Accept-Language` ranks English above it (RFC 9110 §12.5.4). */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  if (!acceptLanguage) return 'vi';
  const weight = { vi: 0, en: 0 };
  for (const entry of acceptLanguage.slice(0, 500).split(',')) {
    const [range = '', ...parameters] = entry.trim().toLowerCase().split(';');
    const quality = Number(parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)$/.exec(p)?.[1]).find(Boolean) ?? 1);
    const primary = range.split('-')[0];
    if (primary === 'vi' || primary === 'en') weight[primary] = Math.max(weight[primary], quality);
  }
  return weight.en > weight.vi ? 'en' : 'vi';
}
