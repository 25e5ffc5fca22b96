import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../i18n/i18n';

/** Offers the other language, named in itself. */
export function LanguageSwitch({ isLong }: { readonly isLong?: boolean }) {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const other = i18n.language === 'en' ? 'vi' : 'en';
  const name = other === 'en' ? 'English' : 'Tiếng Việt';
  const change = async () => {
    await changeLanguage(other);
    // The server's own sentences come in the language that was asked for.
    await client.invalidateQueries();
  };
  return (
    <button type="button" className="bar-button no-print" lang={other} onClick={() => void change()}>
      {!isLong && <span aria-hidden>{other.toUpperCase()}</span>}
      <span className={isLong ? undefined : 'visually-hidden'}>{name}</span>
    </button>
  );
}
