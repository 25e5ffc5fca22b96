import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { MAX_LIST_BYTES } from '../platform/lists/csv-list';
import { ListTooLarge } from '../platform/lists/list-file.errors';
import { printJson } from './json-lines';
import { FileUnreadable } from './sign.errors';

interface MarketFlags {
  readonly dryRun?: boolean;
}

interface VendorFlags extends MarketFlags {
  readonly market: string;
}

/** `market import`, `vendor import`: lists as boards and departments keep them; each prints an import report. */
export function registerRegisterCommands(program: Command): void {
  program
    .command('market')
    .description('markets of the register')
    .command('import <file>')
    .description('register the markets of a CSV list; repeating it changes nothing')
    .option('--dry-run', 'check everything, keep nothing')
    .action(importMarkets);
  program
    .command('vendor')
    .description('vendors, stalls and accounts of the register')
    .command('import <file>')
    .description('register the vendors of one market from a CSV list; repeating it changes nothing')
    .requiredOption('--market <code>', 'whose list it is')
    .option('--dry-run', 'check everything, keep nothing')
    .action(importVendors);
}

async function importMarkets(path: string, { dryRun = false }: MarketFlags): Promise<void> {
  const file = { ...(await readList(path)), dryRun };
  const { MarketImportService, seedReferenceData, withApp } = await load();
  const report = await withApp(async (app) => {
    await seedReferenceData(app);
    return app.get(MarketImportService, { strict: false }).import(file);
  });
  await printJson(report);
}

async function importVendors(path: string, { market, dryRun = false }: VendorFlags): Promise<void> {
  const file = { ...(await readList(path)), dryRun };
  const { VendorImportService, seedReferenceData, withApp } = await load();
  const report = await withApp(async (app) => {
    await seedReferenceData(app);
    return app.get(VendorImportService, { strict: false }).import(market, file);
  });
  await printJson(report);
}

/** Read before anything starts, so that a wrong path costs a moment. */
async function readList(path: string) {
  try {
    if ((await stat(path)).size > MAX_LIST_BYTES) throw new ListTooLarge(MAX_LIST_BYTES);
    return { fileName: basename(path), bytes: await readFile(path), language: 'vi' as const };
  } catch (error) {
    if (error instanceof ListTooLarge) throw error;
    throw new FileUnreadable(path);
  }
}

/** Only a command that runs loads the framework. */
async function load() {
  const [{ MarketImportService }, { VendorImportService }, { seedReferenceData }, { withApp }] = await Promise.all([
    import('../markets/market-import.service.js'),
    import('../vendors/vendor-import.service.js'),
    import('../reference-data.js'),
    import('./with-app.js'),
  ]);
  return { MarketImportService, VendorImportService, seedReferenceData, withApp };
}
