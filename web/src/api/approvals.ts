import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { ListApprovalsData, ListOwnApprovalsData } from './generated/types.gen';
import type { Approval, Page } from './types';

export type ApprovalsQuery = NonNullable<ListApprovalsData['query']>;
export type OwnApprovalsQuery = NonNullable<ListOwnApprovalsData['query']>;

export function listApprovals(query: ApprovalsQuery, signal?: AbortSignal): Promise<Page<Approval>> {
  return answer(sdk.listApprovals({ ...loud, query, signal }));
}

/** What the signed-in person asked for. */
export function listOwnApprovals(query: OwnApprovalsQuery, signal?: AbortSignal): Promise<Page<Approval>> {
  return answer(sdk.listOwnApprovals({ ...loud, query, signal }));
}

/** The change is checked again and made at once. */
export function approve(id: string): Promise<Approval> {
  return answer(sdk.approve({ ...loud, path: { id }, body: {} }));
}

export function refuse(id: string, reason: string): Promise<Approval> {
  return answer(sdk.refuse({ ...loud, path: { id }, body: { reason } }));
}

export function withdrawApproval(id: string): Promise<Approval> {
  return answer(sdk.withdrawApproval({ ...loud, path: { id } }));
}

/** Whether an operation made a request for a second person instead of the change. */
export function isWaiting<Done extends object>(done: Done | Approval): done is Approval {
  return 'mayDecide' in done;
}
