import type { Approval } from '../api/types';

/** Where a request is seen in its place: the page of what it is about; null where there is none. */
export function subjectPath({ kind, subjectType, subjectId, marketCode }: SubjectOfApproval): string | null {
  const id = encodeURIComponent(subjectId);
  if (subjectType === 'stall') return marketCode && `/markets/${encodeURIComponent(marketCode)}/stalls/${id}`;
  if (subjectType === 'market') return `/markets/${id}${MARKET_TABS[kind] ?? ''}`;
  const folder = FOLDERS[subjectType];
  return folder ? `/${folder}/${id}` : null;
}

type SubjectOfApproval = Pick<Approval, 'kind' | 'subjectType' | 'subjectId' | 'marketCode'>;

const MARKET_TABS: Readonly<Record<string, string>> = { mass_reissue: '/cards', launch_override: '/launch' };

/** Records with a page of their own under their id. */
const FOLDERS: Readonly<Record<string, string>> = {
  vendor: 'vendors',
  submission: 'submissions',
  staff: 'people',
  bank: 'bank-clients',
};
