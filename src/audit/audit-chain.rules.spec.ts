import { createHash } from 'node:crypto';
import { CHAIN_START, type ChainedEntry, chainText, judgeLink, nextLink, type SealedEntry } from './audit-chain.rules';

const SEALED_AT = '2026-11-22T02:00:05.000000Z';
const ENTRY: ChainedEntry = {
  id: 7n,
  at: '2026-11-22T02:00:00.123000Z',
  actorKind: 'staff',
  actorId: 'lan',
  action: 'market_changed',
  subjectType: 'market',
  subjectId: '92ST001',
  before: '{"name": "Chợ Bông Sen", "points": 249}',
  after: '{"points": 250, "name": "Chợ Hoa Sen"}',
  reason: 'đổi tên',
  traceId: null,
  address: '203.0.113.7',
  provinceCode: '92',
};
const first = nextLink(CHAIN_START, ENTRY, SEALED_AT);
const sealed: SealedEntry = { ...first, entryId: ENTRY.id, sealedAt: SEALED_AT, entry: ENTRY };

it('is what anybody can compute again', () => {
  const text =
    '{"action":"market_changed","actorId":"lan","actorKind":"staff","address":"203.0.113.7",' +
    '"after":{"name":"Chợ Hoa Sen","points":250},"at":"2026-11-22T02:00:00.123000Z",' +
    '"before":{"name":"Chợ Bông Sen","points":249},"id":"7","position":"1","provinceCode":"92",' +
    '"reason":"đổi tên","sealedAt":"2026-11-22T02:00:05.000000Z","subjectId":"92ST001","subjectType":"market",' +
    '"traceId":null}';
  expect(chainText(ENTRY, 1n, SEALED_AT)).toBe(text);
  const hash = createHash('sha256')
    .update(`${'0'.repeat(64)}\n${text}`)
    .digest();
  expect(first).toEqual({ position: 1n, hash });
});

it('does not mind how the database spells its JSON', () => {
  const other = { ...ENTRY, after: '{"name":"Ch\\u1ee3 Hoa Sen",\n"points":250}' };
  expect(nextLink(CHAIN_START, other, SEALED_AT)).toEqual(first);
});

const changes: [string, Partial<ChainedEntry>][] = [
  ['id', { id: 8n }],
  ['at', { at: '2026-11-22T02:00:00.123001Z' }],
  ['actorKind', { actorKind: 'system' }],
  ['actorId', { actorId: 'mai' }],
  ['action', { action: 'market_created' }],
  ['subjectType', { subjectType: 'stall' }],
  ['subjectId', { subjectId: '92ST002' }],
  ['before', { before: null }],
  ['after, in a digit that no double holds', { after: '{"points": 250.00000000000000000001, "name": "Chợ Hoa Sen"}' }],
  ['reason: none is not empty', { reason: '' }],
  ['traceId', { traceId: 't-1' }],
  ['address', { address: null }],
  ['provinceCode', { provinceCode: null }],
];

it.each(changes)('finds another %s', (_name, change) => {
  expect(judgeLink(CHAIN_START, { ...sealed, entry: { ...ENTRY, ...change } })).toBe('entry_altered');
});

it.each([
  ['as sealed', CHAIN_START, sealed, null],
  ['another time of sealing', CHAIN_START, { ...sealed, sealedAt: SEALED_AT.replace('05', '06') }, 'entry_altered'],
  ['another hash', CHAIN_START, { ...sealed, hash: Buffer.alloc(32, 1) }, 'entry_altered'],
  ['another hash before', { position: 0n, hash: Buffer.alloc(32, 1) }, sealed, 'entry_altered'],
  ['the entry is gone', CHAIN_START, { ...sealed, entry: null }, 'entry_missing'],
  ['the place is gone', CHAIN_START, { ...sealed, position: 2n }, 'position_missing'],
  ['a place twice', first, sealed, 'position_missing'],
] as const)('%s', (_name, previous, link, fault) => {
  expect(judgeLink(previous, link)).toBe(fault);
});
