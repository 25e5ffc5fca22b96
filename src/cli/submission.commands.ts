import { type Command, InvalidArgumentError } from 'commander';
import { type BankBin, isBankBin } from '../kernel/bank-bin';
import { type BusinessDay, isBusinessDay } from '../kernel/business-day';
import { SystemClock } from '../kernel/clock';
import { printJson } from './json-lines';
import { checkSubmissionFile, SubmissionFileRefused } from './submission-check';

interface CheckFlags {
  readonly bank?: BankBin;
  readonly today?: BusinessDay;
  readonly horizonDays: number;
}

const UNREADABLE = 2;

/** `submission check FILE`: the contract's §1–2 without a database. */
export function registerSubmissionCommands(program: Command): void {
  const group = program.command('submission').description('What a bank sends us');
  group
    .command('check')
    .argument('<file>', '.csv or .json, plain or as .gz')
    .description('Judge a submission by bank-contract §1–2: {"verdict", "header", "totals", "problems"}')
    .option('--bank <bin>', 'the bank that will sign it; without it the BIN in the header is believed', bankOption)
    .option('--today <day>', 'judge the business date as on this Vietnamese day (YYYY-MM-DD)', dayOption)
    .option('--horizon-days <days>', 'how old a business date may be', daysOption, 400)
    .addHelpText('after', NOTES)
    .action(checkFile);
}

const NOTES = `
Exit code 0 when a verdict was printed, ACCEPTED or REJECTED; 2 when the file cannot be read.

The signature says which bank sends a submission, and a file carries none: whether the header names the signing bank
("bank_mismatch") can only be checked with --bank. Nothing else here depends on more than the file and the day;
"checkedAgainst" in the answer says which bank and day were used.`;

async function checkFile(file: string, flags: CheckFlags): Promise<void> {
  const today = flags.today ?? new SystemClock().today();
  try {
    await printJson(
      await checkSubmissionFile(file, { today, horizonDays: flags.horizonDays, signedBy: flags.bank ?? null }),
    );
  } catch (error) {
    if (!(error instanceof SubmissionFileRefused)) throw error;
    await printJson({ ok: false, code: error.code, message: error.text.vi, messageEn: error.text.en });
    process.exitCode = UNREADABLE;
  }
}

function bankOption(text: string): BankBin {
  if (!isBankBin(text)) throw new InvalidArgumentError('a BIN has six digits.');
  return text;
}

function dayOption(text: string): BusinessDay {
  if (!isBusinessDay(text)) throw new InvalidArgumentError('not a calendar day (YYYY-MM-DD).');
  return text;
}

function daysOption(text: string): number {
  if (!/^[1-9][0-9]{0,4}$/.test(text)) throw new InvalidArgumentError('a whole number of days from 1.');
  return Number(text);
}
