import { randomBytes } from 'node:crypto';
import { Stamps } from './stamps';

const key = randomBytes(32);
const stamps = new Stamps(key);
const stamp = stamps.stamp('ticket', 'mười hai');

it.each([
  ['its own', 'ticket', 'mười hai', stamp, 'ours'],
  ['another text', 'ticket', 'mười ba', stamp, 'forged'],
  ['another digest', 'ticket', 'mười hai', stamp.replace(/.$/, (last) => (last === '0' ? '1' : '0')), 'forged'],
  ['a cut digest', 'ticket', 'mười hai', stamp.slice(0, -2), 'forged'],
  ['another purpose', 'receipt', 'mười hai', stamp, 'unknown_key'],
  ['no stamp', 'ticket', 'mười hai', '', 'unknown_key'],
] as const)('%s', (_name, purpose, text, given, verdict) => {
  expect(stamps.judge(purpose, text, given)).toBe(verdict);
});

it('knows the stamps of former keys, and none of a stranger’s', () => {
  const next = randomBytes(32);
  expect(new Stamps(next, [key]).judge('ticket', 'mười hai', stamp)).toBe('ours');
  expect(new Stamps(next).judge('ticket', 'mười hai', stamp)).toBe('unknown_key');
  expect(new Stamps(key).stamp('ticket', 'mười hai')).toBe(stamp);
});
