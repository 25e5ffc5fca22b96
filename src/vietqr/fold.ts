import { isAns } from './characters';

/**
 * The one repair the encoder makes, for 59, 60, 61 and 62, which take ASCII only: Vietnamese letters lose their
 * accents (`Chợ Đông Ba` → `Cho Dong Ba`) and compatibility forms become plain (the no-break space that spreadsheets
 * leave behind, full-width letters). `Đ` is a letter of its own that Unicode does not decompose. Everything else
 * stays as it is, so that an emoji or a line break is refused and not silently dropped.
 */
export function foldAccents(text: string): string {
  if (isAns(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D');
}
