import { type Command, InvalidArgumentError } from 'commander';
import { type BusinessDay, isBusinessDay } from '../kernel/business-day';
import { printJson } from './json-lines';

const BY = ['market', 'bank', 'day', 'commune', 'channel', 'month'] as const;

interface TotalsFlags {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly by: (typeof BY)[number];
}

/** `totals` and `verify`: what the ledger says, and whether it is right. */
export function registerLedgerCommands(program: Command): void {
  program
    .command('totals')
    .description('Takings of a period with their coverage')
    .requiredOption('--from <day>', 'first Vietnamese day (YYYY-MM-DD)', dayOption)
    .requiredOption('--to <day>', 'last Vietnamese day (YYYY-MM-DD)', dayOption)
    .option('--by <dimension>', BY.join(' | '), byOption, 'market')
    .action(async (flags: TotalsFlags) => {
      const { withApp } = await import('./with-app.js');
      const { TotalsService } = await import('../reports/totals.service.js');
      await printJson(await withApp((app) => app.get(TotalsService, { strict: false }).totalsOf(flags)));
    });
  program
    .command('verify')
    .description('Recompute every rollup from the lines and compare; exit code 1 on a difference')
    .action(async () => {
      const { withApp } = await import('./with-app.js');
      const { LedgerProofService } = await import('../submissions/ledger-proof.service.js');
      const proof = await withApp((app) => app.get(LedgerProofService, { strict: false }).prove());
      await printJson(proof);
      if (!proof.ok) process.exitCode = 1;
    });
}

function dayOption(text: string): BusinessDay {
  if (!isBusinessDay(text)) throw new InvalidArgumentError('not a calendar day (YYYY-MM-DD).');
  return text;
}

function byOption(text: string): (typeof BY)[number] {
  const known = BY.find((dimension) => dimension === text);
  if (!known) throw new InvalidArgumentError(`one of ${BY.join(', ')}.`);
  return known;
}
