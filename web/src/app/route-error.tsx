import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Note } from '../kit/note';

/** A page that broke: says so in words, the rest of the console stays usable. */
export function RouteError() {
  const { t } = useTranslation();
  const error = useRouteError();
  const isOutdated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <div style={{ padding: 24 }}>
      <Note tone="alarm" title={t(isOutdated ? 'problem.outdated' : 'problem.broken')}>
        <p>{t(isOutdated ? 'problem.outdatedDetail' : 'problem.brokenDetail')}</p>
        <div>
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('problem.reload')}
          </Button>
        </div>
      </Note>
    </div>
  );
}
