import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { changeMarket, readMarket } from '../api/markets';
import type { Build, Market, MarketKind } from '../api/types';
import { ConflictNote } from '../kit/conflict-note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import type { Versioned } from '../kit/record-edit.rules';
import { useNotice } from '../kit/use-notice';
import { useRecordEdit } from '../kit/use-record-edit';
import { type MarketFacts, MarketForm, useMarketLabel } from './market-form';

/** Changes a market's facts; its code stays. */
export function EditMarketPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  // Read when the form opens, not from what a list once kept: the version has to be the present one.
  const query = useQuery({ queryKey: ['market-edit', code], queryFn: () => readMarket(code), gcTime: 0 });
  const name = query.data?.name ?? code;
  return (
    <Page
      title={t('edit.title', { name })}
      crumbs={[
        { title: t('nav.markets'), to: '/markets' },
        { title: name, to: `/markets/${code}` },
      ]}
      lead={code}
    >
      <QueryView query={query} lines={10}>
        {(market) => <MarketEdit market={market} />}
      </QueryView>
    </Page>
  );
}

function MarketEdit({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const [form] = Form.useForm<MarketFacts>();
  const line = useFactLine();
  const back = `/markets/${market.code}`;
  const edit = useRecordEdit<MarketFacts>({
    form,
    record: versioned(market),
    read: async () => versioned(await readMarket(market.code)),
    save: (version, changes) => changeMarket(market.code, version, changes),
    onSaved: async ({ name }) => {
      void client.invalidateQueries({ queryKey: ['markets'] });
      void client.invalidateQueries({ queryKey: ['overview'] });
      await client.invalidateQueries({ queryKey: ['market', market.code] });
      notice.done(t('edit.saved', { name }));
      void navigate(back);
    },
  });
  return (
    <>
      <ConflictNote edit={edit} line={line} />
      <MarketForm<MarketFacts>
        form={form}
        isNew={false}
        start={edit.start}
        communeName={market.communeName}
        busy={edit.busy}
        error={edit.error}
        save={t('edit.save')}
        back={back}
        onSave={edit.save}
      />
    </>
  );
}

/** What somebody else changed, in the words of the form. */
function useFactLine(): (name: string, value: unknown) => string {
  const { t } = useTranslation();
  const label = useMarketLabel();
  const word = (name: string, value: unknown): string => {
    if (value === null || value === undefined) return t('app.unknown');
    if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
    if (name === 'marketKind') return t(`marketKind.${value as MarketKind}`);
    if (name === 'build') return t(`build.${value as Build}`);
    return String(value as string | number);
  };
  return (name, value) => `${label(name) ?? name}: ${word(name, value)}`;
}

function versioned(market: Market): Versioned<MarketFacts> {
  const { version, name, marketKind, communeCode, build, inPlan, plannedPoints, operatingPoints } = market;
  const { operatorName, address } = market;
  const facts = { name, marketKind, communeCode, build, inPlan, plannedPoints, operatingPoints, operatorName, address };
  return { version, facts };
}
