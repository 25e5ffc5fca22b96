import { businessDay } from '../kernel/business-day';
import { type BankDay, dayStatus, dueAt, shareText } from './coverage.rules';

const bankDay = (change: Partial<BankDay>): BankDay => ({
  day: businessDay('2026-10-10'),
  expected: true,
  expectedParts: 1,
  parts: 1,
  revision: 1,
  completedAt: new Date('2026-10-11T00:30:00Z'),
  ...change,
});
const BEFORE_DUE = new Date('2026-10-11T01:59:59Z');
const LONG_AFTER = new Date('2026-11-22T00:00:00Z');

describe('a bank’s day', () => {
  it('is due at 09:00 in Vietnam on the next day', () => {
    expect(dueAt(businessDay('2026-12-31')).toISOString()).toBe('2027-01-01T02:00:00.000Z');
  });

  it.each<[string, Partial<BankDay>, Date, string]>([
    ['in time', {}, LONG_AFTER, 'on_time'],
    ['at the last moment', { completedAt: new Date('2026-10-11T02:00:00Z') }, LONG_AFTER, 'on_time'],
    ['a millisecond late', { completedAt: new Date('2026-10-11T02:00:00.001Z') }, LONG_AFTER, 'late'],
    ['a higher revision', { revision: 2 }, LONG_AFTER, 'corrected'],
    ['one of two parts', { expectedParts: 2 }, LONG_AFTER, 'missing'],
    ['nothing, not yet due', { parts: 0, completedAt: null }, BEFORE_DUE, 'pending'],
    ['nothing, due', { parts: 0, completedAt: null }, LONG_AFTER, 'missing'],
    ['nothing, no agreement', { parts: 0, completedAt: null, expected: false }, LONG_AFTER, 'not_expected'],
    ['sent without an agreement', { expected: false }, LONG_AFTER, 'on_time'],
  ])('%s', (_name, change, now, status) => {
    expect(dayStatus(bankDay(change), now)).toBe(status);
  });
});

describe('shareText', () => {
  it.each<[bigint, bigint, string]>([
    [0n, 0n, '0.0000'],
    [1n, 3n, '0.3333'],
    [2n, 3n, '0.6666'],
    [1n, 1n, '1.0000'],
    [1_000_000_112_473_897n, 1_001_156_808_450_773n, '0.9988'],
    [999_999_999_999_999_999n, 1_000_000_000_000_000_000n, '0.9999'],
  ])('%s of %s is %s', (part, whole, text) => {
    expect(shareText(part, whole)).toBe(text);
  });
});
