import { z } from 'zod';
import { CURSOR_PART, CursorInvalid, decodeCursor, encodeCursor, pageQuery } from './page';

const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('limit', () => {
  const limit = (text: unknown) => z.strictObject(pageQuery).safeParse({ limit: text }).data?.limit;

  it.each([
    ['1', 1],
    ['200', 200],
    [undefined, 50],
    ['0', undefined],
    ['201', undefined],
    ['-1', undefined],
    ['1e2', undefined],
    ['1e9', undefined],
    ['0x10', undefined],
    ['007', undefined],
    ['1.0', undefined],
    [' 5', undefined],
    ['', undefined],
    ['NaN', undefined],
    ['９', undefined],
    ['9223372036854775808', undefined],
    [['1', '2'], undefined],
  ])('%j is read as %j', (text, value) => {
    expect(limit(text)).toBe(value);
  });
});

describe('cursors', () => {
  it('come back as they were written', () => {
    const key = ['Chợ Bông Sen', '92ST001', '%_\\'];
    expect(decodeCursor(encodeCursor(key), 3)).toEqual(key);
    expect(decodeCursor(undefined, 3)).toBeNull();
  });

  const { day, instant, integer, bigint, uuid, text } = CURSOR_PART;

  it.each([
    ['another number of parts', encodeCursor(['a']), 2],
    ['no base64', '!!!', 1],
    ['no JSON', Buffer.from('{').toString('base64url'), 1],
    ['no list', cursorOf({ 0: 'a', length: 1 }), 1],
    ['a number', cursorOf([1]), 1],
    ['padding added', `${encodeCursor(['ab'])}=`, 1],
    ['a character outside the alphabet between', `${encodeCursor(['ab'])}*`, 1],
    ['NUL', encodeCursor(['a\0']), [text]],
    ['an id of another shape', encodeCursor(['1']), [uuid]],
    ['a day that does not exist', encodeCursor(['2026-02-30']), [day]],
    ['an instant that does not exist', encodeCursor(['2026-02-30T00:00:00.000Z']), [instant]],
    ['month 19', encodeCursor(['2026-19-01T00:00:00.000Z']), [instant]],
    ['a number too large for its column', encodeCursor(['9999999999']), [integer]],
    ['2^63', encodeCursor(['9223372036854775808']), [bigint]],
  ] as const)('with %s are refused', (_name, cursor, parts) => {
    expect(() => decodeCursor(cursor, parts)).toThrow(CursorInvalid);
  });
});
