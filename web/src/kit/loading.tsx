import { useTranslation } from 'react-i18next';
import './note.css';

/** The place of something that is on its way, as tall as it will be. */
export function Loading({ lines = 6 }: { readonly lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}
