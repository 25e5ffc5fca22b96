import { useTranslation } from 'react-i18next';
import type { Market } from '../api/types';
import { useFormat } from '../format/use-format';
import { Figure } from '../kit/figure';

/** Stalls, verified accounts and codes, each with what it is a share of. */
export function MarketFigures({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { stalls, occupied, withVerifiedAccount, withQr } = market.counts;
  const base = `/markets/${market.code}`;
  return (
    <div className="figures">
      <Figure name={t('market.figure.stalls')} value={format.count(stalls)} to={`${base}/stalls`}>
        <small>{t('market.figure.operatingPoints', { total: format.count(market.operatingPoints) })}</small>
      </Figure>
      <Figure name={t('market.figure.occupied')} value={format.count(occupied)} to={`${base}/vendors`}>
        <small>
          {t('market.figure.of', { share: format.ratio(occupied, stalls) ?? '–', whole: format.count(stalls) })}
        </small>
      </Figure>
      <Figure name={t('market.figure.verified')} value={format.count(withVerifiedAccount)} to={`${base}/cards`}>
        <small>
          {t('market.figure.ofOccupied', {
            share: format.ratio(withVerifiedAccount, occupied) ?? '–',
            whole: format.count(occupied),
          })}
        </small>
      </Figure>
      <Figure name={t('market.figure.withQr')} value={format.count(withQr)} to={`${base}/cards`}>
        <small>
          {t('market.figure.ofPoints', {
            share: format.ratio(withQr, market.operatingPoints) ?? '–',
            whole: format.count(market.operatingPoints),
          })}
        </small>
      </Figure>
    </div>
  );
}
