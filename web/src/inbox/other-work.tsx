import { useQuery } from '@tanstack/react-query';
import { readOverview } from '../api/reports';
import { AttentionList } from '../overview/attention-list';

/** Lines in suspense, late banks, refused files, accounts to verify: each opens where it is solved. */
export function OtherWork() {
  const { data } = useQuery({ queryKey: ['overview'], queryFn: readOverview });
  return data ? <AttentionList overview={data} /> : null;
}
