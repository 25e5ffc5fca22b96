import { Stamps } from '../platform/secrets/stamps';
import {
  type Checkpoint,
  judgeCheckpoint,
  linkOf,
  makeCheckpoint,
  mustBeKnown,
  readCheckpoints,
} from './audit-checkpoint.rules';

const stamps = new Stamps(Buffer.alloc(32, 7));
const LINK = { position: 1_203n, hash: Buffer.alloc(32, 0x9f) };
const checkpoint = makeCheckpoint(LINK, new Date('2026-11-22T02:00:00Z'), stamps);

it('says where the chain stood, and stands for itself', () => {
  expect(checkpoint).toEqual({
    position: '1203',
    hash: '9f'.repeat(32),
    at: '2026-11-22T02:00:00.000Z',
    entries: '1203',
    stamp: expect.stringMatching(/^[0-9a-f]{16}\.[0-9a-f]{64}$/),
  });
  expect(linkOf(checkpoint)).toEqual(LINK);
  expect(judgeCheckpoint(checkpoint, stamps)).toBe('ours');
});

const alterations: [string, Partial<Checkpoint>][] = [
  ['position', { position: '1202' }],
  ['hash', { hash: '8f'.repeat(32) }],
  ['at', { at: '2026-11-22T02:00:00.001Z' }],
  ['entries', { entries: '1' }],
];

it.each(alterations)('with another %s it is forged', (_name, change) => {
  expect(judgeCheckpoint({ ...checkpoint, ...change }, stamps)).toBe('forged');
});

const line = JSON.stringify(checkpoint);
const inLog = JSON.stringify({
  level: 30,
  time: 1,
  context: 'AuditWatch',
  audit: 'checkpoint',
  ...checkpoint,
  msg: 'event',
});

it.each([
  ['as printed', `${line}\n`, 1],
  ['without a line break', line, 1],
  ['as in the log', inLog, 1],
  ['several, with blank lines and CRLF', `${line}\r\n\r\n  ${inLog}\r\n`, 2],
])('reads %s', (_name, text, count) => {
  expect(readCheckpoints(text)).toEqual(Array(count).fill(checkpoint));
});

it.each([
  ['nothing', '', 1],
  ['no JSON', `${line}\nxyz`, 2],
  ['another object', `${line}\n\n{"position":"1"}`, 3],
  ['a number', '7', 1],
  ['a position that is none', line.replace('"1203"', '"-1"'), 1],
])('refuses %s and names the line', (_name, text, number) => {
  expect(() => readCheckpoints(text)).toThrow(new RegExp(`checkpoint_unreadable: Line ${number} `));
});

it('refuses what another key has stamped: nothing can be said about it', () => {
  expect(() => mustBeKnown([checkpoint], stamps)).not.toThrow();
  expect(() => mustBeKnown([checkpoint], new Stamps(Buffer.alloc(32, 8)))).toThrow('checkpoint_key_unknown');
});
