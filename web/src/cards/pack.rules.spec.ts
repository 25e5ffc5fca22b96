import type { CardPack } from '../api/types';
import { isOpenPack, megabytes, packPace } from './pack.rules';

const pack: CardPack = {
  id: 'p',
  marketCode: '92ST041',
  layout: 'a4_sheet',
  state: 'running',
  phase: 'drawing',
  done: 100,
  total: 300,
  errorCode: null,
  errorDetail: null,
  requestedAt: '2026-10-10T00:00:00Z',
  startedAt: '2026-10-10T00:00:10Z',
  finishedAt: null,
  fileName: null,
  byteCount: null,
};
const now = new Date('2026-10-10T00:00:20Z');

describe('packPace', () => {
  it.each<[string, Partial<CardPack>, ReturnType<typeof packPace>]>([
    ['ten a second', {}, { perSecond: 10, remainingSeconds: 20 }],
    ['too early to say', { done: 4 }, null],
    ['not started', { state: 'queued' }, null],
    ['no time passed', { startedAt: '2026-10-10T00:00:20Z' }, null],
  ])('%s', (_, change, pace) => {
    expect(packPace({ ...pack, ...change }, now)).toEqual(pace);
  });
});

describe('isOpenPack', () => {
  it.each([
    ['queued', true],
    ['running', true],
    ['done', false],
    ['failed', false],
    ['cancelled', false],
  ] as const)('%s: %s', (state, open) => {
    expect(isOpenPack({ ...pack, state })).toBe(open);
  });
});

describe('megabytes', () => {
  it.each([
    ['1234567', '1.2'],
    ['10', '0.1'],
  ])('%s → %s', (bytes, text) => {
    expect(megabytes(bytes)).toBe(text);
  });
});
