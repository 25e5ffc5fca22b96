/** Languages of the console; Vietnamese is the default. */
export type Language = 'vi' | 'en';

interface Marks {
  readonly group: string;
  readonly decimal: string;
}

/** 1.234.567,8 in Vietnamese, 1,234,567.8 in English. */
export const MARKS: Record<Language, Marks> = {
  vi: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

/** Joins a number and its unit so that they are never torn apart at a line end. */
export const NBSP = '\u00A0';
