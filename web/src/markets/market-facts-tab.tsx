import { useTranslation } from 'react-i18next';
import { useOutletContext } from 'react-router';
import type { Market } from '../api/types';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import { Facts } from '../kit/facts';
import { Section } from '../kit/section';
import { MarketClass } from './market-class';
import { MarketFigures } from './market-figures';

/** What is known about a market, and how far it has come with its codes. */
export function MarketFactsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const market = useOutletContext<Market>();
  const operator = [market.operatorName, market.operatorKind && t(`operatorKind.${market.operatorKind}`)];
  return (
    <div className="stack">
      <MarketFigures market={market} />
      <Section title={t('market.facts')}>
        <Facts
          facts={[
            { name: t('market.code'), value: <span className="code">{market.code}</span> },
            { name: t('market.aliases'), value: market.aliases.join(', ') || null },
            {
              name: t('market.kind'),
              value: market.marketKind ? t(`marketKind.${market.marketKind}`) : t(`placeKind.${market.kind}`),
            },
            { name: t('market.build'), value: t(`build.${market.build}`) },
            {
              name: t('market.class'),
              value: (
                <MarketClass
                  official={market.officialClass}
                  suggested={market.suggestedClass}
                  differs={market.classDiffers}
                />
              ),
            },
            { name: t('market.classDecision'), value: decisionOf(market) },
            { name: t('market.inPlan'), value: t(market.inPlan ? 'app.yes' : 'app.no') },
            { name: t('market.plannedPoints'), value: format.count(market.plannedPoints) },
            { name: t('market.operatingPoints'), value: format.count(market.operatingPoints) },
            { name: t('market.area'), value: market.areaM2 && format.area(market.areaM2) },
            { name: t('market.hours'), value: market.opens && market.closes && `${market.opens} – ${market.closes}` },
            { name: t('market.operator'), value: operator.filter(Boolean).join(' · ') || null },
            { name: t('market.operatorTaxCode'), value: market.operatorTaxCode },
            { name: t('market.address'), value: market.address },
            { name: t('market.commune'), value: `${market.communeName ?? ''} (${market.communeCode})` },
            { name: t('market.formerCommune'), value: market.formerCommune },
            {
              name: t('market.place'),
              value: market.latitude && market.longitude && `${market.latitude}, ${market.longitude}`,
            },
            { name: t('market.rulesDocument'), value: market.rulesDocument },
          ]}
        />
      </Section>
    </div>
  );
}

function decisionOf(market: Market): string | null {
  if (!market.classDecision) return null;
  return market.classDecisionOn
    ? `${market.classDecision}, ${formatDay(market.classDecisionOn)}`
    : market.classDecision;
}
