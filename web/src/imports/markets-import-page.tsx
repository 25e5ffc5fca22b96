import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { importMarkets } from '../api/imports';
import { Page } from '../kit/page';
import { ImportFlow } from './import-flow';

/** The department's list of markets. */
export function MarketsImportPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Page
      title={t('import.marketsTitle')}
      crumbs={[{ title: t('nav.markets'), to: '/markets' }]}
      lead={t('import.marketsLead')}
    >
      <ImportFlow
        help={t('import.marketsHelp')}
        run={importMarkets}
        onRegistered={() => {
          void client.invalidateQueries({ queryKey: ['markets'] });
          void client.invalidateQueries({ queryKey: ['overview'] });
        }}
        next={
          <Link to="/markets">
            <Button tabIndex={-1} type="primary">
              {t('import.toMarkets')}
            </Button>
          </Link>
        }
      />
    </Page>
  );
}
