import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { ImportReport } from './types';

/** Registers a market's vendors, stalls and accounts from its board's list; `dryRun` only says what would happen. */
export function importVendors(code: string, file: File, dryRun: boolean): Promise<ImportReport> {
  const query = { dryRun: String(dryRun) };
  return answer(sdk.importVendors({ ...loud, path: { code }, query, body: { file } }));
}

export function importMarkets(file: File, dryRun: boolean): Promise<ImportReport> {
  return answer(sdk.importMarkets({ ...loud, query: { dryRun: String(dryRun) }, body: { file } }));
}
