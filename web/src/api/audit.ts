import { answer, loud } from './client';
import { client } from './generated/client.gen';
import * as sdk from './generated/sdk.gen';
import type { ExportAuditEntriesData, ListAuditEntriesData } from './generated/types.gen';
import type { AuditEntry, AuditEntryRow, AuditVerification, Page } from './types';

export type AuditQuery = NonNullable<ListAuditEntriesData['query']>;
export type AuditFilters = NonNullable<ExportAuditEntriesData['query']>;

export function listAuditEntries(query: AuditQuery, signal?: AbortSignal): Promise<Page<AuditEntryRow>> {
  return answer(sdk.listAuditEntries({ ...loud, query, signal }));
}

export function readAuditEntry(id: string): Promise<AuditEntry> {
  return answer(sdk.getAuditEntry({ ...loud, path: { id } }));
}

export function readAuditVerification(): Promise<AuditVerification> {
  return answer(sdk.getAuditVerification(loud));
}

/** Where the file of what is filtered is fetched from. */
export function auditExportUrl(query: AuditFilters): string {
  return client.buildUrl({ url: '/api/v1/audit-entries/export.csv', query });
}
