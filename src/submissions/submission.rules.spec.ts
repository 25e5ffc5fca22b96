import { type BankBin } from '../kernel/bank-bin';
import { brief, TODAY } from '../../test/factories/submission-text';
import { Misfit, type RawLine } from './readers/submission.reader';
import { ProblemList } from './submission.problems';
import {
  checkChannel,
  checkFigures,
  checkHeader,
  checkKey,
  checkTrailer,
  compareTotals,
  Report,
} from './submission.rules';
import { CHANNELS } from './submission.types';

const HEADER = {
  version: '1',
  bankBin: '970436',
  reference: 'VCB-20261010-0001',
  businessDate: '2026-10-10',
  part: '1',
  revision: '1',
  granularity: 'stall',
};
const VCB = '970436' as BankBin;
const NONE = new Misfit('null', 'other');

/** Runs a rule and returns its answer with the problems it found. */
function judged<T>(rule: (report: Report) => T, line: number | null = 7): { answer: T; problems: string[] } {
  const list = new ProblemList();
  const answer = rule(new Report(list).at(line));
  return { answer, problems: brief(list.first) };
}

describe('header', () => {
  it('reads every field', () => {
    const { answer, problems } = judged((report) => checkHeader(HEADER, { today: TODAY, signedBy: VCB }, report));
    expect(problems).toEqual([]);
    expect(answer).toEqual({ ...HEADER, version: 1, part: 1, revision: 1 });
  });

  it.each([
    ['part and revision left out', { part: undefined, revision: undefined }, { part: 1, revision: 1 }],
    ['the highest part and revision', { part: '999', revision: 999 }, { part: 999, revision: 999 }],
    ['numbers as JSON integers', { version: 1, part: 2, revision: 3 }, { part: 2, revision: 3 }],
    ['today', { businessDate: '2026-11-22' }, {}],
    ['the oldest day within the horizon', { businessDate: '2025-10-18' }, {}],
    ['a reference of one character', { reference: '-' }, {}],
    ['a reference of 64 characters', { reference: 'aZ0._-'.repeat(10) + 'abcd' }, {}],
    ['granularity market', { granularity: 'market' }, {}],
  ])('accepts %s', (_name, change, expected) => {
    const { answer, problems } = judged((report) => checkHeader({ ...HEADER, ...change }, { today: TODAY }, report));
    expect(problems).toEqual([]);
    expect(answer).toMatchObject(expected);
  });

  it.each([
    ['version left out', { version: undefined }, 'version/value_missing'],
    ['version 0', { version: '0' }, 'version/version_unsupported'],
    ['version 2', { version: 2 }, 'version/version_unsupported'],
    ['version 1.0', { version: '1.0' }, 'version/invalid_number'],
    ['version 01', { version: '01' }, 'version/invalid_number'],
    ['no BIN', { bankBin: undefined }, 'bankBin/value_missing'],
    ['BIN of five digits', { bankBin: '97043' }, 'bankBin/invalid_bank_bin'],
    ['BIN of seven digits', { bankBin: '9704360' }, 'bankBin/invalid_bank_bin'],
    ['BIN with a letter', { bankBin: '97043O' }, 'bankBin/invalid_bank_bin'],
    ['BIN in full-width digits', { bankBin: '９７０４３６' }, 'bankBin/invalid_bank_bin'],
    ['BIN with a line break', { bankBin: '970436\n' }, 'bankBin/invalid_bank_bin'],
    ['BIN as a number', { bankBin: 970436 }, 'bankBin/text_expected'],
    ['BIN null', { bankBin: NONE }, 'bankBin/text_expected'],
    ['another bank’s BIN', { bankBin: '970405' }, 'bankBin/bank_mismatch'],
    ['no reference', { reference: undefined }, 'reference/value_missing'],
    ['an empty reference', { reference: '' }, 'reference/invalid_reference'],
    ['a reference of 65', { reference: 'x'.repeat(65) }, 'reference/invalid_reference'],
    ['a space in the reference', { reference: 'VCB 1' }, 'reference/invalid_reference'],
    ['a slash in the reference', { reference: '../1' }, 'reference/invalid_reference'],
    ['a Vietnamese letter in the reference', { reference: 'Đ1' }, 'reference/invalid_reference'],
    ['no date', { businessDate: undefined }, 'businessDate/value_missing'],
    ['tomorrow', { businessDate: '2026-11-23' }, 'businessDate/business_date_in_future'],
    ['401 days ago', { businessDate: '2025-10-17' }, 'businessDate/business_date_too_old'],
    ['30 February', { businessDate: '2026-02-30' }, 'businessDate/invalid_business_date'],
    ['29 February of a common year', { businessDate: '2026-02-29' }, 'businessDate/invalid_business_date'],
    ['month 13', { businessDate: '2026-13-01' }, 'businessDate/invalid_business_date'],
    ['a timestamp', { businessDate: '2026-10-10T00:00:00Z' }, 'businessDate/invalid_business_date'],
    ['day first', { businessDate: '10/10/2026' }, 'businessDate/invalid_business_date'],
    ['no dashes', { businessDate: '20261010' }, 'businessDate/invalid_business_date'],
    ['one digit for the day', { businessDate: '2026-10-1' }, 'businessDate/invalid_business_date'],
    ['a space behind the date', { businessDate: '2026-10-10 ' }, 'businessDate/invalid_business_date'],
    ['a date as a number', { businessDate: 20261010 }, 'businessDate/text_expected'],
    ['part 0', { part: '0' }, 'part/number_out_of_range'],
    ['part 1000', { part: 1000 }, 'part/number_out_of_range'],
    ['part 01', { part: '01' }, 'part/invalid_number'],
    ['part null', { part: NONE }, 'part/invalid_number'],
    ['revision 0', { revision: 0 }, 'revision/number_out_of_range'],
    ['revision -1', { revision: '-1' }, 'revision/invalid_number'],
    ['revision 1e2', { revision: new Misfit('1e2', 'number') }, 'revision/invalid_number'],
    ['an empty revision in JSON', { revision: '' }, 'revision/invalid_number'],
    ['no granularity', { granularity: undefined }, 'granularity/value_missing'],
    ['granularity vendor', { granularity: 'vendor' }, 'granularity/invalid_granularity'],
    ['granularity Stall', { granularity: 'Stall' }, 'granularity/invalid_granularity'],
  ])('refuses %s', (_name, change, expected) => {
    const { answer, problems } = judged((report) =>
      checkHeader({ ...HEADER, ...change }, { today: TODAY, signedBy: VCB }, report),
    );
    expect(problems).toEqual([`7/${expected}`]);
    expect(answer).toBeNull();
  });

  it('reports every wrong field at once', () => {
    const { problems } = judged((report) => checkHeader({}, { today: TODAY }, report), null);
    expect(problems).toEqual([
      '-/version/value_missing',
      '-/bankBin/value_missing',
      '-/reference/value_missing',
      '-/businessDate/value_missing',
      '-/granularity/value_missing',
    ]);
  });

  it('takes the horizon from its caller', () => {
    const old = { ...HEADER, businessDate: '2026-11-20' };
    expect(judged((report) => checkHeader(old, { today: TODAY, horizonDays: 2 }, report)).problems).toEqual([]);
    expect(judged((report) => checkHeader(old, { today: TODAY, horizonDays: 1 }, report)).problems).toEqual([
      '7/businessDate/business_date_too_old',
    ]);
  });
});

const LINE: RawLine = {
  line: 7,
  stallCode: undefined,
  account: '0011004411223',
  marketCode: undefined,
  channel: 'CARD',
  transactionCount: 2,
  amount: 90_000,
  reversalCount: undefined,
  reversalAmount: undefined,
};

describe('figures of a line', () => {
  it.each<[string, Partial<RawLine>, number[]]>([
    ['without reversals', {}, [2, 90_000, 0, 0]],
    ['as text', { transactionCount: '2', amount: '90000' }, [2, 90_000, 0, 0]],
    ['all zero', { transactionCount: 0, amount: 0 }, [0, 0, 0, 0]],
    [
      'at their limits',
      { transactionCount: 2_147_483_647, amount: 999_999_999_999_999 },
      [2_147_483_647, 999_999_999_999_999, 0, 0],
    ],
    [
      'at their limits as text',
      { transactionCount: '2147483647', amount: '999999999999999' },
      [2_147_483_647, 999_999_999_999_999, 0, 0],
    ],
    ['reversals alone', { transactionCount: 0, amount: 0, reversalCount: 1, reversalAmount: 5 }, [0, 0, 1, 5]],
    ['reversals above the credits', { reversalCount: 9, reversalAmount: '999999' }, [2, 90_000, 9, 999_999]],
  ])('%s', (_name, change, expected) => {
    const { answer, problems } = judged((report) => checkFigures({ ...LINE, ...change }, report));
    expect(problems).toEqual([]);
    expect(Object.values(answer)).toEqual(expected);
  });

  const SPELLINGS = [
    '-5', '+5', '5.0', '5.', '.5', '1e6', '1E6', '007', '00', ' 5', '5 ', '', '1,850,000', '1.850.000', '1 850 000',
    "1'850", '1_000', '0x10', '１８５', '٣', 'NaN', 'Infinity', '5đ', '5\u0000', '5\n', '5\u200b', '−5', '²',
  ]; // prettier-ignore
  const FIGURES = ['transactionCount', 'amount', 'reversalCount', 'reversalAmount'] as const;

  it.each(FIGURES.flatMap((field) => SPELLINGS.map((spelling) => [field, spelling] as const)))(
    '%s spelled %j is no number',
    (field, spelling) => {
      const full = { ...LINE, reversalCount: 1, reversalAmount: 1, [field]: spelling };
      expect(judged((report) => checkFigures(full, report)).problems).toEqual([`7/${field}/invalid_number`]);
    },
  );

  it.each<[string, Partial<RawLine>, string]>([
    ['count above 2^31-1', { transactionCount: 2_147_483_648 }, 'transactionCount/number_out_of_range'],
    ['count above 2^31-1 as text', { transactionCount: '2147483648' }, 'transactionCount/number_out_of_range'],
    ['count of 30 digits', { transactionCount: '9'.repeat(30) }, 'transactionCount/number_out_of_range'],
    ['amount of 16 digits', { amount: '1000000000000000' }, 'amount/number_out_of_range'],
    ['amount of 19 digits', { amount: '1000000000000000000' }, 'amount/number_out_of_range'],
    ['amount that no double holds', { amount: new Misfit('9007199254740993', 'number') }, 'amount/invalid_number'],
    [
      'reversal count above 2^31-1',
      { reversalCount: 2_147_483_648, reversalAmount: 1 },
      'reversalCount/number_out_of_range',
    ],
    [
      'reversal amount of 16 digits',
      { reversalCount: 1, reversalAmount: '1000000000000000' },
      'reversalAmount/number_out_of_range',
    ],
    ['no count', { transactionCount: undefined }, 'transactionCount/value_missing'],
    ['no amount', { amount: undefined }, 'amount/value_missing'],
    ['amount null', { amount: NONE }, 'amount/invalid_number'],
    ['amount without count', { transactionCount: 0 }, 'amount/amount_without_count'],
    ['count without amount', { amount: 0 }, 'amount/count_without_amount'],
    ['reversal amount without count', { reversalAmount: '5' }, 'reversalAmount/amount_without_count'],
    ['reversal count without amount', { reversalCount: '5' }, 'reversalAmount/count_without_amount'],
  ])('refuses %s', (_name, change, expected) => {
    expect(judged((report) => checkFigures({ ...LINE, ...change }, report)).problems).toEqual([`7/${expected}`]);
  });
});

describe('channel of a line', () => {
  it.each(CHANNELS)('accepts %s', (channel) => {
    expect(judged((report) => checkChannel({ ...LINE, channel }, report))).toEqual({ answer: channel, problems: [] });
  });

  it.each([
    ['CASH', 'unknown_channel'],
    ['card', 'unknown_channel'],
    ['CARD ', 'unknown_channel'],
    ['VIETQR', 'unknown_channel'],
    ['', 'unknown_channel'],
    ['constructor', 'unknown_channel'],
    [1, 'text_expected'],
    [undefined, 'value_missing'],
  ])('refuses %j', (channel, code) => {
    expect(judged((report) => checkChannel({ ...LINE, channel }, report))).toEqual({
      answer: null,
      problems: [`7/channel/${code}`],
    });
  });
});

describe('key of a line', () => {
  const key = (change: Partial<RawLine>): RawLine => ({ ...LINE, account: undefined, ...change });

  it.each([
    ['an account of 6', 'stall', { account: 'aZ0123' }, 'account'],
    ['an account of 19', 'stall', { account: '1234567890123456789' }, 'account'],
    ['an account that looks like a stall code', 'stall', { account: 'CHO7K2M9QX4' }, 'account'],
    ['a stall code', 'stall', { stallCode: 'CHO7K2M9QX1' }, 'stallCode'],
    ['a market code of 4', 'market', { marketCode: 'A1B2' }, 'marketCode'],
    ['a market code of 16', 'market', { marketCode: 'A1B2C3D4E5F6G7H8' }, 'marketCode'],
  ] as const)('accepts %s', (_name, granularity, change, kind) => {
    expect(judged((report) => checkKey(key(change), granularity, report))).toEqual({ answer: kind, problems: [] });
  });

  it.each([
    ['neither code nor account', 'stall', {}, '-/key_missing'],
    ['both code and account', 'stall', { stallCode: 'CHO7K2M9QX1', account: '0011004411223' }, '-/key_ambiguous'],
    ['a wrong check character', 'stall', { stallCode: 'CHO7K2M9QX4' }, 'stallCode/invalid_stall_code'],
    ['a letter outside the alphabet', 'stall', { stallCode: 'CHO7K2U9QX1' }, 'stallCode/invalid_stall_code'],
    ['a stall code in lower case', 'stall', { stallCode: 'cho7k2m9qx1' }, 'stallCode/invalid_stall_code'],
    ['a stall code with separators', 'stall', { stallCode: 'CHO-7K2M9QX1' }, 'stallCode/invalid_stall_code'],
    ['a market code in the code column', 'stall', { stallCode: '92ST001' }, 'stallCode/invalid_stall_code'],
    ['an account of 5', 'stall', { account: '12345' }, 'account/invalid_account'],
    ['an account of 20', 'stall', { account: '12345678901234567890' }, 'account/invalid_account'],
    ['an account with a space', 'stall', { account: '0011 004411' }, 'account/invalid_account'],
    ['an account with a dash', 'stall', { account: '0011-004411' }, 'account/invalid_account'],
    ['an account in full-width digits', 'stall', { account: '００１１００４４' }, 'account/invalid_account'],
    ['an account with a line break', 'stall', { account: '0011004411\n' }, 'account/invalid_account'],
    ['an account as a number', 'stall', { account: 11004411223 }, 'account/text_expected'],
    ['an empty account in JSON', 'stall', { account: '' }, 'account/invalid_account'],
    ['a stall code null', 'stall', { stallCode: NONE }, 'stallCode/text_expected'],
    ['a market code with granularity stall', 'stall', { marketCode: '92ST001' }, 'marketCode/key_not_allowed'],
    ['an account with granularity market', 'market', { account: '0011004411223' }, 'account/key_not_allowed'],
    [
      'market code and account',
      'market',
      { marketCode: '92ST001', account: '0011004411223' },
      'account/key_not_allowed',
    ],
    ['a stall code with granularity market', 'market', { stallCode: 'CHO7K2M9QX1' }, 'stallCode/key_not_allowed'],
    ['no market code', 'market', {}, '-/key_missing'],
    ['a market code of 3', 'market', { marketCode: 'A1B' }, 'marketCode/invalid_market_code'],
    ['a market code of 17', 'market', { marketCode: 'A'.repeat(17) }, 'marketCode/invalid_market_code'],
    ['a market code in lower case', 'market', { marketCode: '92st001' }, 'marketCode/invalid_market_code'],
    ['a market code as a number', 'market', { marketCode: 9201 }, 'marketCode/text_expected'],
  ] as const)('refuses %s', (_name, granularity, change, expected) => {
    expect(judged((report) => checkKey(key(change), granularity, report))).toEqual({
      answer: null,
      problems: [`7/${expected}`],
    });
  });
});

describe('trailer', () => {
  const TRAILER = {
    lineCount: '2',
    transactionCount: '13',
    amount: '1895000',
    reversalCount: '0',
    reversalAmount: '0',
  };
  const ACTUAL = { lineCount: 2n, transactionCount: 13n, amount: 1_895_000n, reversalCount: 0n, reversalAmount: 0n };

  it('reads up to eighteen digits', () => {
    const nines = '9'.repeat(18);
    const { answer, problems } = judged((report) => checkTrailer({ ...TRAILER, amount: nines, lineCount: 2 }, report));
    expect(problems).toEqual([]);
    expect(answer).toEqual({ ...ACTUAL, amount: BigInt(nines) });
  });

  it.each([
    ['nineteen digits', '1000000000000000000', 'number_out_of_range'],
    ['a leading zero', '01895000', 'invalid_number'],
    ['a sign', '+1895000', 'invalid_number'],
    ['a fraction', '1895000.00', 'invalid_number'],
    ['nothing', undefined, 'value_missing'],
    ['a JSON integer of 16 digits', new Misfit('1000000000000000', 'number'), 'invalid_number'],
  ])('refuses %s and reads the others', (_name, amount, code) => {
    const { answer, problems } = judged((report) => checkTrailer({ ...TRAILER, amount }, report));
    expect(problems).toEqual([`7/amount/${code}`]);
    expect(answer).toEqual({ ...ACTUAL, amount: undefined });
  });

  it.each(Object.keys(ACTUAL) as (keyof typeof ACTUAL)[])('compares %s to the đồng', (field) => {
    const compare = (difference: bigint, comparable = true): string[] =>
      judged((report) => {
        compareTotals({ ...ACTUAL, [field]: ACTUAL[field] + difference }, ACTUAL, () => comparable, report);
      }).problems;
    expect(compare(0n)).toEqual([]);
    expect(compare(1n)).toEqual([`7/${field}/control_total_mismatch`]);
    expect(compare(1n, false)).toEqual([]);
  });
});
