import { businessDay } from '../../kernel/business-day';
import { type PaidInto, redirectedAccount, type WantedAssignment } from './account-change.rules';

const WANTED: WantedAssignment = {
  stallId: 'S1',
  vendorId: 'V1',
  accountId: 'new',
  fromDay: businessDay('2026-12-01'),
};

const paid = (change: Partial<Omit<PaidInto, 'fromDay' | 'toDay'>>, from: string, to: string | null): PaidInto => ({
  ...{ stallId: 'S1', vendorId: 'V1', accountId: 'old', ...change },
  fromDay: businessDay(from),
  toDay: to === null ? null : businessDay(to),
});

describe('redirectedAccount', () => {
  it.each<[string, PaidInto[], string | null]>([
    ['the first account of a stall', [], null],
    ['a change while the former runs', [paid({}, '2026-01-01', null)], 'old'],
    ['the same account from another day', [paid({ accountId: 'new' }, '2026-01-01', null)], null],
    ['after a gap', [paid({}, '2026-01-01', '2026-06-30')], 'old'],
    ['the next vendor of the stall', [paid({ vendorId: 'V0' }, '2026-01-01', '2026-11-30')], 'old'],
    ['the same account again after a gap', [paid({ accountId: 'new' }, '2026-01-01', '2026-06-30')], null],
    [
      'back to an account of before the present one',
      [paid({ accountId: 'new' }, '2025-01-01', '2025-12-31'), paid({}, '2026-01-01', null)],
      'old',
    ],
    ['a second stall beside the first', [paid({ stallId: 'S0' }, '2026-01-01', null)], null],
    ['another stall instead of the first', [paid({ stallId: 'S0' }, '2026-01-01', '2026-11-30')], 'old'],
    [
      'another stall, the account brought along',
      [paid({ stallId: 'S0', accountId: 'new' }, '2026-01-01', '2026-11-30')],
      null,
    ],
    [
      'another stall, into the account of the one that stays',
      [
        paid({ stallId: 'S0' }, '2026-01-01', '2026-11-30'),
        paid({ stallId: 'S9', accountId: 'new' }, '2025-01-01', null),
      ],
      null,
    ],
    ['a neighbour’s past', [paid({ stallId: 'S0', vendorId: 'V0' }, '2026-01-01', '2026-11-30')], null],
  ])('%s', (_name, history, account) => {
    expect(redirectedAccount(WANTED, history)).toBe(account);
    expect(redirectedAccount(WANTED, [...history].reverse())).toBe(account);
  });
});
