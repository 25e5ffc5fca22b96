import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { Approval, AssignAccountInput, Stall, VendorNotice } from './types';

/** The stall pays into the account; for any but its first account, a request for a second person. */
export function assignAccount(stallCode: string, body: AssignAccountInput): Promise<Stall | Approval> {
  return answer(sdk.assignAccount({ ...loud, path: { stallCode }, body }));
}

/** What the vendor was told, newest first. */
export async function listNotices(vendorId: string): Promise<VendorNotice[]> {
  const { items } = await answer(sdk.listVendorNotices({ ...loud, path: { id: vendorId } }));
  return items;
}
