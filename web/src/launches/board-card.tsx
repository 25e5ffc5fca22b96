import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardMarket } from '../api/types';
import { formatDay } from '../format/day';

/** A market on the board; it opens where its state is changed. */
export function BoardCard({ market }: { readonly market: BoardMarket }) {
  const { t } = useTranslation();
  const parts = [market.communeName, market.class && t('market.classValue', { value: market.class })].filter(Boolean);
  return (
    <Link className="board-card" to={`/markets/${market.code}/launch`}>
      <strong>{market.name}</strong>
      <small>{parts.join(' · ')}</small>
      <small>{t('market.since', { day: formatDay(market.stateSince) })}</small>
    </Link>
  );
}
