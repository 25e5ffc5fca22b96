import { answer, ifMatch, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { ListVendorsData } from './generated/types.gen';
import type { ConsentInput, Page, Reveal, Vendor, VendorChange, VendorRow, VerifiedHow } from './types';

export type VendorsQuery = NonNullable<ListVendorsData['query']>;
export type VendorStep = 'submit' | 'approve' | 'return' | 'reject' | 'suspend' | 'cease';

export function listVendors(query: VendorsQuery, signal?: AbortSignal): Promise<Page<VendorRow>> {
  return answer(sdk.listVendors({ ...loud, query, signal }));
}

export function readVendor(id: string): Promise<Vendor> {
  return answer(sdk.readVendor({ ...loud, path: { id } }));
}

/** Only what is named changes; null takes a fact away. */
export function changeVendor(id: string, version: number, body: VendorChange): Promise<Vendor> {
  return answer(sdk.changeVendor({ ...loud, path: { id }, headers: ifMatch(version), body }));
}

/** Moves a record on; the steps that need a reason are refused without one. */
export function moveVendor(id: string, step: VendorStep, reason = ''): Promise<Vendor> {
  const to = { ...loud, path: { id } };
  const because = { ...to, body: { reason } };
  const calls = {
    submit: () => sdk.submitVendor(to),
    approve: () => sdk.approveVendor(to),
    return: () => sdk.returnVendor(because),
    reject: () => sdk.rejectVendor(because),
    suspend: () => sdk.suspendVendor(because),
    cease: () => sdk.ceaseVendor(because),
  };
  return answer(calls[step]());
}

/** One identifier in clear; who asked and why is recorded. */
export async function revealVendorField(id: string, field: Reveal['field'], reason: string): Promise<string> {
  const { value } = await answer(sdk.revealVendorField({ ...loud, path: { id }, body: { field, reason } }));
  return value;
}

/** The account number in clear; who asked and why is recorded. */
export async function revealAccount(id: string, reason: string): Promise<string> {
  const { value } = await answer(sdk.revealAccount({ ...loud, path: { id }, body: { reason } }));
  return value;
}

export function verifyAccount(id: string, how: VerifiedHow): Promise<unknown> {
  return answer(sdk.verifyAccount({ ...loud, path: { id }, body: { how } }));
}

export function giveConsent(id: string, body: ConsentInput): Promise<unknown> {
  return answer(sdk.giveConsent({ ...loud, path: { id }, body }));
}

export function withdrawConsent(id: string): Promise<unknown> {
  return answer(sdk.withdrawConsent({ ...loud, path: { id } }));
}
