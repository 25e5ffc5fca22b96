import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyNote } from '../kit/empty-note';
import { Page } from '../kit/page';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <EmptyNote title={t('notFound.head')} action={<Link to="/">{t('notFound.home')}</Link>}>
        {t('notFound.text')}
      </EmptyNote>
    </Page>
  );
}
