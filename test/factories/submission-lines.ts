import { confidential } from './confidential-values';
import { trailerFor } from './submission-text';

/** One line of a submission to be; an amount of 1 000 đồng a credit unless told. */
export interface LineToBe {
  readonly stall?: string;
  readonly account?: string;
  readonly market?: string;
  readonly channel?: string;
  readonly count?: number;
  readonly amount?: number;
}

/** A whole submission as CSV, its control totals right; granularity by what the lines name. */
export function makeSubmission({
  bank = '970436',
  reference,
  day = '2026-10-10',
  part = 1,
  revision = 1,
  lines,
}: {
  bank?: string;
  reference: string;
  day?: string;
  part?: number;
  revision?: number;
  lines: readonly LineToBe[];
}): string {
  const granularity = lines.some(({ market }) => market !== undefined) ? 'market' : 'stall';
  const texts = lines.map(
    ({ stall, account, market, channel = 'VIETQR_TRANSFER', count = 1, amount = count * 1_000 }) =>
      [
        'L',
        market ?? stall ?? '',
        account === undefined ? '' : confidential('account', account),
        channel,
        count,
        amount,
        0,
        0,
      ].join(','),
  );
  const header = ['H', 1, bank, reference, day, part, revision, granularity].join(',');
  return [header, ...texts, trailerFor(texts), ''].join('\n');
}
