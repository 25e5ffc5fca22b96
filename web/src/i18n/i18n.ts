import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { setRequestLanguage } from '../api/client';
import type { Language } from '../format/language';
import { vi } from './vi/vi';

const STORED = 'cho40.language';

/** Starts the dictionary: Vietnamese comes with the first load, English when somebody switches to it. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    resources: { vi: { translation: vi } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  applyLanguage('vi');
  if (localStorage.getItem(STORED) === 'en') await changeLanguage('en');
}

/** Switches screens and the server's sentences; kept on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en/en');
    i18next.addResourceBundle('en', 'translation', en);
  }
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  applyLanguage(language);
}

function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  setRequestLanguage(language);
}
