import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface FormActionsProps {
  readonly save: string;
  readonly busy: boolean;
  /** Where one comes back to without saving. */
  readonly back?: string;
}

/** The end of a form: save, or leave everything as it was. */
export function FormActions({ save, busy, back }: FormActionsProps) {
  const { t } = useTranslation();
  return (
    <div className="row">
      <Button type="primary" htmlType="submit" loading={busy}>
        {save}
      </Button>
      {back && (
        <Link to={back}>
          <Button tabIndex={-1}>{t('app.cancel')}</Button>
        </Link>
      )}
    </div>
  );
}
