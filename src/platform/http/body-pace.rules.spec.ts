import { BodyPace } from './body-pace.rules';

/** Bytes received at every look, ten seconds apart; `+` where our reader has fallen behind. */
it.each<[name: string, looks: string, isTooSlow: boolean]>([
  ['1 byte a second', '0 10', true],
  ['nothing at all', '0 0', true],
  ['just under 1 KiB/s', '0 10239', true],
  ['just 1 KiB/s', '0 10240', false],
  ['fast', '0 9000000', false],
  ['fast, then stalled', '0 9000000 9000000', true],
  ['fast, then at 1 byte a second', '0 9000000 18000000 18000010', true],
  ['held back by us', '0 65536+ 65536+ 65536+', false],
  ['held back by us until just now', '0 65536+ 65536', false],
  ['held back by us, then slow by itself', '0 65536+ 65536 65540', true],
])('%s', (_name, looks, isTooSlow) => {
  const [first, ...later] = looks
    .split(' ')
    .map((text) => ({ received: Number.parseInt(text, 10), isBackedUp: text.endsWith('+') }));
  const pace = new BodyPace(first as NonNullable<typeof first>, 10);
  expect(later.some((look) => pace.isTooSlow(look))).toBe(isTooSlow);
});
