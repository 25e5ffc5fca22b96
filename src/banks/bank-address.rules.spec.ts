import { canonicalNetwork, isAddressAllowed } from './bank-address.rules';

it.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['203.0.113.7/24', '203.0.113.0/24'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['2001:0DB8:0:0::1/48', '2001:db8::/48'],
  ['0.0.0.0/0', null],
  ['10.0.0.0/7', null],
  ['::/0', null],
  ['203.0.113.7/33', null],
  ['203.0.113.7/-1', null],
  ['203.0.113.7/', null],
  ['203.0.113', null],
  ['0313.0.0161.07', null],
  ['3405803783', null],
  ['fe80::1%eth0', null],
  ['bank.example.vn', null],
  ['203.0.113.7, 203.0.113.8', null],
  ['', null],
])('%s is the network %s', (text, network) => {
  expect(canonicalNetwork(text)).toBe(network);
});

it.each([
  ['no list', '203.0.113.7', [], true],
  ['inside', '203.0.113.7', ['198.51.100.0/24', '203.0.113.0/24'], true],
  ['outside', '203.0.114.7', ['203.0.113.0/24'], false],
  ['the one address', '203.0.113.7', ['203.0.113.7/32'], true],
  ['its neighbour', '203.0.113.8', ['203.0.113.7/32'], false],
  ['IPv4 over an IPv6 socket', '::ffff:203.0.113.7', ['203.0.113.0/24'], true],
  ['IPv6 inside', '2001:db8:0:1::9', ['2001:db8::/48'], true],
  ['IPv6 outside', '2001:db9::9', ['2001:db8::/48'], false],
  ['the other family', '2001:db8::1', ['203.0.113.0/24'], false],
  ['no address', 'unknown', ['203.0.113.0/24'], false],
] as const)('%s', (_name, address, networks, allowed) => {
  expect(isAddressAllowed(address, networks)).toBe(allowed);
});
