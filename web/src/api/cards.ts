import { answer, loud } from './client';
import { client } from './generated/client.gen';
import * as sdk from './generated/sdk.gen';
import type { ListCodesData } from './generated/types.gen';
import type { Approval, CardPack, PackLayout, Page, QrIssue, QrIssueResult, QrMassReissueResult } from './types';

export type CodesQuery = NonNullable<ListCodesData['query']>;

export function listCodes(code: string, query: CodesQuery, signal?: AbortSignal): Promise<Page<QrIssue>> {
  return answer(sdk.listCodes({ ...loud, path: { code }, query, signal }));
}

/** Issues a code for every occupied stall with a verified account that has none. */
export function issueCodes(code: string): Promise<QrIssueResult> {
  return answer(sdk.issueCodes({ ...loud, path: { code }, body: {} }));
}

/** A new code for a stall; the one before it ends with the reason. */
export function reissueCode(stallCode: string, reason: string): Promise<QrIssue | Approval> {
  return answer(sdk.reissueCode({ ...loud, path: { stallCode }, body: { reason } }));
}

/** New codes for every stall of the market that has one: asked for here, decided by a second person. */
export function reissueMarket(code: string, reason: string): Promise<QrMassReissueResult | Approval> {
  return answer(sdk.reissueCodes({ ...loud, path: { code }, body: { reason } }));
}

export function requestPack(code: string, layout: PackLayout): Promise<CardPack> {
  return answer(sdk.requestCardPack({ ...loud, path: { code }, body: { layout } }));
}

export function listPacks(code: string): Promise<Page<CardPack>> {
  return answer(sdk.listCardPacks({ ...loud, path: { code }, query: { limit: 10 } }));
}

export function cancelPack(id: string): Promise<CardPack> {
  return answer(sdk.cancelCardPack({ ...loud, path: { id } }));
}

/** Addresses of pictures and files that the browser fetches itself. */
export function packFileUrl(id: string): string {
  return client.buildUrl({ url: '/api/v1/card-packs/{id}/file', path: { id } });
}

export function codePictureUrl(serial: string): string {
  return client.buildUrl({ url: '/api/v1/qr-issues/{serial}/code.svg', path: { serial } });
}

export function cardUrl(serial: string): string {
  return client.buildUrl({ url: '/api/v1/qr-issues/{serial}/card.pdf', path: { serial } });
}
