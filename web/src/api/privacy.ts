import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type {
  AskAboutMyDataData,
  DataRequest,
  Holiday,
  ListDataRequestsData,
  OwnRecord,
  RecordDataRequestData,
  Retention,
  RetentionRule,
  VendorLink,
} from './generated/types.gen';
import type { Page } from './types';

export type { DataRequest, Holiday, OwnRecord, RetentionRule, VendorLink };
export type DataRequestsQuery = NonNullable<ListDataRequestsData['query']>;
export type DataRequestInput = RecordDataRequestData['body'];
export type OwnRequestInput = AskAboutMyDataData['body'];
export type RequestOutcome = 'answered' | 'refused' | 'withdrawn';

export const REQUEST_KINDS = [
  'access',
  'copy',
  'correction',
  'deletion',
  'restriction',
  'objection',
  'consent_withdrawal',
  'complaint',
] as const;
export const RECEIVED_HOW = ['counter', 'letter', 'phone', 'email'] as const;
export const REQUEST_STATES = ['open', 'answered', 'refused', 'withdrawn'] as const;

export function listDataRequests(query: DataRequestsQuery, signal?: AbortSignal): Promise<Page<DataRequest>> {
  return answer(sdk.listDataRequests({ ...loud, query, signal }));
}

export function recordDataRequest(body: DataRequestInput): Promise<DataRequest> {
  return answer(sdk.recordDataRequest({ ...loud, body }));
}

export function answerDataRequest(id: string, outcome: RequestOutcome, text: string): Promise<DataRequest> {
  return answer(sdk.answerDataRequest({ ...loud, path: { id }, body: { outcome, answer: text } }));
}

/** Everything held on a vendor, as a file for that person. */
export async function copyPersonalData(id: string): Promise<Blob> {
  return (await answer(sdk.copyPersonalData({ ...loud, path: { id }, parseAs: 'blob' }))) as Blob;
}

export function makeVendorLink(id: string): Promise<VendorLink> {
  return answer(sdk.makeVendorLink({ ...loud, path: { id } }));
}

export function revokeVendorLinks(id: string): Promise<void> {
  return answer(sdk.revokeVendorLinks({ ...loud, path: { id } }));
}

export function listHolidays(year: string): Promise<{ items: Holiday[] }> {
  return answer(sdk.listHolidays({ ...loud, query: { year } }));
}

export function addHoliday(body: Holiday): Promise<Holiday> {
  return answer(sdk.addHoliday({ ...loud, body }));
}

export function removeHoliday(day: string): Promise<void> {
  return answer(sdk.removeHoliday({ ...loud, path: { day } }));
}

export function readRetention(): Promise<Retention> {
  return answer(sdk.readRetention(loud));
}

export function setRetention(rule: RetentionRule['rule'], days: number): Promise<RetentionRule> {
  return answer(sdk.setRetention({ ...loud, path: { rule }, body: { days } }));
}

/** @param due what the person saw: another number by now is refused */
export function purge(rule: RetentionRule['rule'], due: number): Promise<{ purged: number }> {
  return answer(sdk.purge({ ...loud, path: { rule }, body: { due } }));
}

/** The vendor's own calls carry the link's secret in a header: no cookie, and no part of an address. */
const by = (token: string) => ({ ...loud, headers: { 'X-Vendor-Link': token } });

export function readMine(token: string): Promise<OwnRecord> {
  return answer(sdk.readMine(by(token)));
}

export function withdrawMyConsent(token: string, id: string): Promise<unknown> {
  return answer(sdk.withdrawMyConsent({ ...by(token), path: { id } }));
}

export function askAboutMyData(token: string, body: OwnRequestInput): Promise<DataRequest> {
  return answer(sdk.askAboutMyData({ ...by(token), body }));
}
