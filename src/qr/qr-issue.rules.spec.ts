import { stallCodeFromNumber } from '../kernel/stall-code';
import { issueFault, isSerial, serialOf, type StallForIssue, takesTwoPeople } from './qr-issue.rules';

const READY: StallForIssue = {
  stallId: 's',
  stallCode: stallCodeFromNumber(1n),
  stallNumber: 'Ô 12A',
  operating: true,
  vendorId: 'v',
  accountId: 'a',
  accountOfVendor: true,
  verified: true,
  activeSerial: null,
};

describe('issueFault', () => {
  it.each<[string, Partial<StallForIssue>, boolean, ReturnType<typeof issueFault>]>([
    ['an occupied stall with a verified account', {}, false, null],
    ['a closed stall', { operating: false }, false, 'stall_not_operating'],
    ['an empty stall', { vendorId: null }, false, 'stall_not_let'],
    ['no account', { accountId: null }, false, 'account_missing'],
    ['the account of who was there before', { accountOfVendor: false }, false, 'account_of_other_vendor'],
    ['an account nobody verified', { verified: false }, false, 'account_unverified'],
    ['a second code', { activeSerial: '0000000018' }, false, 'already_issued'],
    ['a re-issue', { activeSerial: '0000000018' }, true, null],
    [
      'a re-issue for an unverified account',
      { activeSerial: '0000000018', verified: false },
      true,
      'account_unverified',
    ],
  ])('%s', (_name, change, reissue, fault) => {
    expect(issueFault({ ...READY, ...change }, { reissue })).toBe(fault);
  });
});

describe('re-issuing', () => {
  it.each([
    ['one lost card', 1, 0, false],
    ['as many as one person may', 20, 0, false],
    ['one more', 21, 0, true],
    ['the twenty-first of a day', 1, 20, true],
    ['the twentieth of a day', 1, 19, false],
    ['in two portions', 11, 10, true],
  ])('%s: two people %s + %s', (_name, count, before, two) => {
    expect(takesTwoPeople(count, before)).toBe(two);
  });
});

describe('serial', () => {
  it.each([
    [1n, '0000000018'],
    [2n, '0000000026'],
    [123_456_789n, '1234567897'],
    [1_000_000_000n, '10000000009'],
  ])('of card %s is %s', (n, serial) => {
    expect(serialOf(n)).toBe(serial);
    expect(isSerial(serial)).toBe(true);
  });

  it('notices every single wrong digit', () => {
    const serial = serialOf(123_456_789n);
    for (let i = 0; i < serial.length; i += 1) {
      for (const digit of '0123456789') {
        if (digit !== serial[i]) expect(isSerial(serial.slice(0, i) + digit + serial.slice(i + 1))).toBe(false);
      }
    }
  });
});
