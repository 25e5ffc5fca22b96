import { useQuery } from '@tanstack/react-query';
import { listApprovals } from '../api/approvals';
import { useMay } from '../session/use-session';

/** How often the menu looks whether something has come in. */
const LOOK_EVERY_MS = 60_000;

/** How many requests wait for the signed-in person; 0 for who decides nothing. */
export function useWaitingCount(): number {
  const may = useMay();
  const query = useQuery({
    queryKey: ['approvals', 'count'],
    queryFn: ({ signal }) => listApprovals({ waiting: 'for_me', limit: 1 }, signal),
    enabled: may('approval.decide'),
    refetchInterval: LOOK_EVERY_MS,
  });
  return query.data?.total ?? 0;
}
