import {
  accountSubject,
  addressSubject,
  maskEmail,
  PER_ACCOUNT,
  PER_ADDRESS,
  signInName,
  waitSeconds,
} from './sign-in.rules';

const NOW = new Date('2026-11-22T02:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

describe('waitSeconds', () => {
  it.each([
    ['none yet', PER_ACCOUNT, 0, null, 0],
    ['four', PER_ACCOUNT, 4, ago(0), 0],
    ['five, just now', PER_ACCOUNT, 5, ago(0), 15],
    ['five, 14.5 s ago', PER_ACCOUNT, 5, ago(14.5), 1],
    ['five, 15 s ago', PER_ACCOUNT, 5, ago(15), 0],
    ['six', PER_ACCOUNT, 6, ago(0), 30],
    ['ten', PER_ACCOUNT, 10, ago(0), 480],
    ['eleven: the longest', PER_ACCOUNT, 11, ago(0), 900],
    ['ten thousand: no longer than that', PER_ACCOUNT, 10_000, ago(0), 900],
    ['ten thousand, a quarter of an hour ago: over', PER_ACCOUNT, 10_000, ago(900), 0],
    ['nineteen from one address', PER_ADDRESS, 19, ago(0), 0],
    ['twenty from one address', PER_ADDRESS, 20, ago(0), 15],
  ])('%s', (_name, rule, failures, last, seconds) => {
    expect(waitSeconds(rule, failures, last, NOW)).toBe(seconds);
  });
});

describe('addressSubject', () => {
  it.each([
    ['203.0.113.7', 'address:203.0.113.7'],
    ['::ffff:203.0.113.7', 'address:203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', 'address:2001:db8:1:2::/64'],
    ['2001:db8::1', 'address:2001:db8:0:0::/64'],
    ['::1', 'address:0:0:0:0::/64'],
    ['fe80::1%eth0', 'address:fe80:0:0:0::/64'],
  ])('%s → %s', (address, subject) => {
    expect(addressSubject(address)).toBe(subject);
  });
});

it('the name one signs in with has one spelling, and its subject does not show it', () => {
  expect(signInName('  Lan.NGUYEN@Example.vn\u200b')).toBe('lan.nguyen@example.vn');
  expect(accountSubject('lan.nguyen@example.vn')).toMatch(/^account:[\w-]{43}$/);
});

it.each([
  ['lan.nguyen@example.vn', 'l***@example.vn'],
  ['no-at-sign', 'n***@'],
  ['', '***@'],
])('maskEmail(%j) → %j', (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});
