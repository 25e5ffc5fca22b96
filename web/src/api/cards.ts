import { apiUrl, request } from './request';
import type { CardPack, IssueResult, PackLayout, Page, QrIssue } from './types';

type Query = Record<string, string | number | undefined>;

export function listIssues(code: string, query: Query, signal?: AbortSignal): Promise<Page<QrIssue>> {
  return request('GET', `/markets/${code}/qr-issues`, { query, signal });
}

/** Issues a code for every occupied stall with a verified account that has none. */
export function issueCodes(code: string): Promise<IssueResult> {
  return request('POST', `/markets/${code}/qr-issues`, { body: {} });
}

export function requestPack(code: string, layout: PackLayout): Promise<CardPack> {
  return request('POST', `/markets/${code}/card-packs`, { body: { layout } });
}

export function listPacks(code: string): Promise<Page<CardPack>> {
  return request('GET', `/markets/${code}/card-packs`, { query: { limit: 10 } });
}

export function cancelPack(id: string): Promise<CardPack> {
  return request('POST', `/card-packs/${id}/cancellation`);
}

export function packFileUrl(id: string): string {
  return apiUrl(`/card-packs/${id}/file`);
}

export function codePictureUrl(serial: string): string {
  return apiUrl(`/qr-issues/${serial}/code.svg`);
}

export function cardUrl(serial: string): string {
  return apiUrl(`/qr-issues/${serial}/card.pdf`);
}

/** A new code for a stall; the one before it ends with the reason. */
export function reissueCode(stallCode: string, reason: string): Promise<QrIssue> {
  return request('POST', `/stalls/${stallCode}/qr-issues`, { body: { reason } });
}
