import { useOutletContext } from 'react-router';
import type { Market } from '../api/types';
import { IssueList } from './issue-list';
import { IssueStep } from './issue-step';
import { PackList } from './pack-list';
import './cards.css';
import { VerifyStep } from './verify-step';

/** From verified accounts to printed cards: verify, issue, print; below, every code ever issued here. */
export function CardsTab() {
  const market = useOutletContext<Market>();
  return (
    <div className="stack">
      <ol className="card-steps">
        <VerifyStep market={market} />
        <IssueStep market={market} />
        <PackList market={market} />
      </ol>
      <IssueList market={market} />
    </div>
  );
}
