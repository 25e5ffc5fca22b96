import { answer, loud } from './client';
import { client } from './generated/client.gen';
import type { ImportReport } from './types';

/** Registers a market's vendors, stalls and accounts from its board's list; `dryRun` only says what would happen. */
export function importVendors(code: string, file: File, dryRun: boolean): Promise<ImportReport> {
  return importFile(`/api/v1/markets/${code}/imports/vendors`, file, dryRun);
}

export function importMarkets(file: File, dryRun: boolean): Promise<ImportReport> {
  return importFile('/api/v1/imports/markets', file, dryRun);
}

function importFile(url: string, file: File, dryRun: boolean): Promise<ImportReport> {
  const call = client.post<{ 200: ImportReport }, unknown, true>({
    ...loud,
    url,
    query: { dryRun },
    body: file,
    bodySerializer: null,
    headers: { 'Content-Type': 'text/csv' },
  });
  return answer(call);
}
