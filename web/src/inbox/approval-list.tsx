import type { ReactNode } from 'react';
import type { Pages } from '../api/use-pages';
import type { Approval } from '../api/types';
import { ListView } from '../kit/list-view';
import { ApprovalCard } from './approval-card';

interface ApprovalListProps {
  readonly pages: Pages<Approval>;
  readonly count: string;
  readonly empty: ReactNode;
}

export function ApprovalList({ pages, count, empty }: ApprovalListProps) {
  return (
    <ListView pages={pages} count={count} empty={empty}>
      <ul className="approvals">
        {pages.rows.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} />
        ))}
      </ul>
    </ListView>
  );
}
