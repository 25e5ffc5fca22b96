import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPacks, requestPack } from '../api/cards';
import type { Market, PackLayout } from '../api/types';
import { useFormat } from '../format/use-format';
import { ProblemNote } from '../kit/problem-note';
import { QueryView } from '../kit/query-view';
import { CardStep } from './card-step';
import { PackCard } from './pack-card';
import { isOpenPack } from './pack.rules';
import { useMarketAction } from './use-market-action';
import { May } from '../session/may';

const LAYOUTS: readonly PackLayout[] = ['a4_sheet', 'a6_card'];
const POLL_MS = 1_500;

/** Print files of a market: asked for here, made by a job, found here again whenever one comes back. */
export function PackList({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [layout, setLayout] = useState<PackLayout>('a4_sheet');
  const query = useQuery({
    queryKey: ['packs', market.code],
    queryFn: () => listPacks(market.code),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpenPack) ? POLL_MS : false),
  });
  const ask = useMarketAction(
    (chosen: PackLayout) => requestPack(market.code, chosen),
    () => undefined,
  );
  const isRunning = query.data?.items.some(isOpenPack) ?? false;
  return (
    <CardStep
      no={3}
      title={t('card.printTitle')}
      isDone={query.data?.items.some((pack) => pack.state === 'done') ?? false}
      action={
        market.counts.withQr > 0 && (
          <May do="card.print">
            <div className="row">
              <Select
                aria-label={t('card.layout')}
                value={layout}
                onChange={setLayout}
                options={LAYOUTS.map((value) => ({ value, label: t(`packLayout.${value}`) }))}
                popupMatchSelectWidth={false}
              />
              <Button disabled={isRunning} loading={ask.isPending} onClick={() => ask.mutate(layout)}>
                {t('card.print')}
              </Button>
            </div>
          </May>
        )
      }
    >
      <p className="soft">
        {t('card.printText', { count: market.counts.withQr, total: format.count(market.counts.withQr) })}
      </p>
      {ask.error && <ProblemNote error={ask.error} />}
      <QueryView query={query} lines={2}>
        {(page) => (
          <>
            {page.items.map((pack) => (
              <PackCard key={pack.id} pack={pack} />
            ))}
          </>
        )}
      </QueryView>
    </CardStep>
  );
}
