import { type Command, InvalidArgumentError } from 'commander';
import { type BankBin, isBankBin } from '../kernel/bank-bin';
import { type BusinessDay, isBusinessDay } from '../kernel/business-day';
import { printJson } from './json-lines';

interface AgreementFlags {
  readonly bin: BankBin;
  readonly from: BusinessDay;
  readonly to?: BusinessDay;
  readonly parts: number;
}

/** `bank agreement`: from when on an institution is expected to report, the denominator of every coverage. */
export function registerBankAgreement(bank: Command): void {
  bank
    .command('agreement')
    .description('from when to when an institution is expected to report each day')
    .requiredOption('--bin <bin>', 'which institution', binOption)
    .requiredOption('--from <day>', 'first business date (YYYY-MM-DD)', dayOption)
    .option('--to <day>', 'last business date; open without it', dayOption)
    .option('--parts <count>', 'parts it splits a day into', partsOption, 1)
    .action(agree);
}

async function agree({ bin, from, to, parts }: AgreementFlags): Promise<void> {
  const { BanksService } = await import('../banks/banks.service.js');
  const { withApp } = await import('./with-app.js');
  await withApp((app) => app.get(BanksService, { strict: false }).agreeOnReporting(bin, from, to ?? null, parts));
  await printJson({ bin, from, to: to ?? null, parts });
}

function binOption(text: string): BankBin {
  if (!isBankBin(text)) throw new InvalidArgumentError('a BIN has six digits');
  return text;
}

function dayOption(text: string): BusinessDay {
  if (!isBusinessDay(text)) throw new InvalidArgumentError('not a calendar day (YYYY-MM-DD).');
  return text;
}

function partsOption(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text)) throw new InvalidArgumentError('1 to 999 parts.');
  return Number(text);
}
