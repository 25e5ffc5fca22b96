import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface EditLinkProps {
  readonly to: string;
  /** Where a page has more than one. */
  readonly name?: string;
}

/** To the form that changes what this page shows. */
export function EditLink({ to, name }: EditLinkProps) {
  const { t } = useTranslation();
  return (
    <Link to={to}>
      <Button tabIndex={-1}>{name ?? t('edit.action')}</Button>
    </Link>
  );
}
