import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { registerMarket } from '../api/markets';
import type { MarketInput } from '../api/types';
import { Page } from '../kit/page';
import { tidied } from '../kit/record-edit.rules';
import { useNotice } from '../kit/use-notice';
import { MarketForm } from './market-form';

const START: Partial<MarketInput> = { marketKind: 'civil', build: 'solid', inPlan: true };

/** Registers one market; a whole list comes in by import. */
export function NewMarketPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const [form] = Form.useForm<MarketInput>();
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
      <MarketForm<MarketInput>
        form={form}
        isNew
        start={START}
        busy={register.isPending}
        error={register.error}
        save={t('market.save')}
        back="/markets"
        onSave={(input) => register.mutate(tidied(input))}
      />
    </Page>
  );
}
