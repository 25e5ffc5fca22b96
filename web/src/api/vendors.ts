import { request } from './request';
import type { ConsentInput, ImportReport, Page, Vendor, VendorRow, VerifiedHow } from './types';

type Query = Record<string, string | number | undefined>;

export function listVendors(query: Query, signal?: AbortSignal): Promise<Page<VendorRow>> {
  return request('GET', '/vendors', { query, signal });
}

/** Registers a market's vendors, stalls and accounts from its board's list; `dryRun` only says what would happen. */
export function importVendors(code: string, file: File, dryRun: boolean): Promise<ImportReport> {
  return request('POST', `/markets/${code}/imports/vendors`, { query: { dryRun }, file });
}

export function importMarkets(file: File, dryRun: boolean): Promise<ImportReport> {
  return request('POST', '/imports/markets', { query: { dryRun }, file });
}

export function readVendor(id: string): Promise<Vendor> {
  return request('GET', `/vendors/${id}`);
}

export type VendorStep = 'submit' | 'approve' | 'return' | 'reject' | 'suspend' | 'cease';

export function moveVendor(id: string, step: VendorStep, reason: string | undefined): Promise<Vendor> {
  return request('POST', `/vendors/${id}/${step}`, { body: reason === undefined ? undefined : { reason } });
}

export function verifyAccount(id: string, how: VerifiedHow): Promise<unknown> {
  return request('POST', `/accounts/${id}/verification`, { body: { how } });
}

export function giveConsent(vendorId: string, body: ConsentInput): Promise<unknown> {
  return request('POST', `/vendors/${vendorId}/consents`, { body });
}

export function withdrawConsent(id: string): Promise<unknown> {
  return request('POST', `/consents/${id}/withdrawal`);
}
