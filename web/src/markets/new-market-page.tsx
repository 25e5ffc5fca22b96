import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { registerMarket } from '../api/markets';
import { Page } from '../kit/page';
import { useNotice } from '../kit/use-notice';
import { MarketForm } from './market-form';

/** Registers one market; a whole list comes in by import. */
export function NewMarketPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const register = useMutation({
    mutationFn: registerMarket,
    onSuccess: async (market) => {
      await client.invalidateQueries({ queryKey: ['markets'] });
      notice.done(t('market.created', { name: market.name }));
      void navigate(`/markets/${market.code}`);
    },
  });
  return (
    <Page
      title={t('market.createTitle')}
      crumbs={[{ title: t('nav.markets'), to: '/markets' }]}
      lead={t('market.createLead')}
    >
      <MarketForm busy={register.isPending} error={register.error} onSave={(input) => register.mutate(input)} />
    </Page>
  );
}
