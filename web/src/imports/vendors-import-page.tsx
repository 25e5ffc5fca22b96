import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import type { Market } from '../api/types';
import { importVendors } from '../api/imports';
import { Section } from '../kit/section';
import { ImportFlow } from './import-flow';

/** A whole market from the list that its board already has. */
export function VendorsImportPage() {
  const { t } = useTranslation();
  const market = useOutletContext<Market>();
  const client = useQueryClient();
  const refresh = () => {
    for (const key of ['market', 'markets', 'stalls', 'vendors', 'overview'])
      void client.invalidateQueries({ queryKey: [key] });
  };
  return (
    <Section title={t('import.vendorsTitle', { market: market.name })}>
      <ImportFlow
        help={t('import.vendorsHelp')}
        run={(file, dryRun) => importVendors(market.code, file, dryRun)}
        onRegistered={refresh}
        next={
          <Link to={`/markets/${market.code}/cards`}>
            <Button tabIndex={-1} type="primary">
              {t('import.toCards')}
            </Button>
          </Link>
        }
      />
    </Section>
  );
}
