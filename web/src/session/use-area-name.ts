import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listMarkets } from '../api/markets';
import type { Session } from '../api/types';
import { useFormat } from '../format/use-format';

/** Where the role holds, as people call it: the province, the commune, the market, or how many markets. */
export function useAreaName(session: Session | null | undefined): string {
  const { t } = useTranslation();
  const format = useFormat();
  const area = session?.user.area;
  const isLimited = area !== undefined && area.kind !== 'province';
  const { data } = useQuery({
    queryKey: ['markets', 'area', area],
    enabled: isLimited,
    queryFn: ({ signal }) => listMarkets({ limit: 2 }, signal),
  });
  if (!isLimited) return session?.province?.name ?? '';
  const first = data?.items[0];
  if (area.kind === 'communes' && area.codes.length === 1) return first?.communeName ?? area.codes.join(', ');
  if (data?.total === 1 && first) return first.name;
  return t('area.markets', { count: data?.total ?? 0, total: format.count(data?.total ?? 0) });
}
