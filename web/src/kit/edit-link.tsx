import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** To the form that changes what this page shows. */
export function EditLink({ to }: { readonly to: string }) {
  const { t } = useTranslation();
  return (
    <Link to={to}>
      <Button tabIndex={-1}>{t('edit.action')}</Button>
    </Link>
  );
}
