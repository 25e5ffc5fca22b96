import { useTranslation } from 'react-i18next';

/** A field's name on screen, null for what the forms do not hold. */
export function useGrantLabel(): (name: string) => string | null {
  const { t } = useTranslation();
  const labels: Readonly<Record<string, string>> = {
    email: t('people.email'),
    fullName: t('people.name'),
    role: t('people.role'),
    area: t('people.area'),
    reason: t('people.reason'),
  };
  return (name) => labels[name] ?? null;
}
