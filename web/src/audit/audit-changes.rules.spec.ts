import { changesOf } from './audit-changes.rules';

const text = (value: string) => ({ kind: 'text', text: value });

it.each([
  ['nothing recorded', null, null, []],
  [
    'only afterwards: nothing to compare with',
    null,
    { name: 'Chợ Hoa Sen' },
    [{ field: 'name', before: null, after: text('Chợ Hoa Sen'), isChanged: false }],
  ],
  [
    'changed and not',
    { name: 'Chợ Bông Sen', points: 12 },
    { name: 'Chợ Hoa Sen', points: 12 },
    [
      { field: 'name', before: text('Chợ Bông Sen'), after: text('Chợ Hoa Sen'), isChanged: true },
      { field: 'points', before: text('12'), after: text('12'), isChanged: false },
    ],
  ],
  [
    'a field on one side',
    { reason: 'nghỉ' },
    { state: 'active' },
    [
      { field: 'reason', before: text('nghỉ'), after: null, isChanged: true },
      { field: 'state', before: null, after: text('active'), isChanged: true },
    ],
  ],
  [
    'yes, no, nothing and the empty text',
    { a: true, b: null, c: '' },
    { a: false, b: 'x', c: null },
    [
      { field: 'a', before: { kind: 'yes' }, after: { kind: 'no' }, isChanged: true },
      { field: 'b', before: { kind: 'none' }, after: text('x'), isChanged: true },
      { field: 'c', before: { kind: 'none' }, after: { kind: 'none' }, isChanged: false },
    ],
  ],
  [
    'inner fields by their path, lists in a line, lists of objects as written',
    null,
    { area: { kind: 'communes', codes: ['31117', '31708'] }, lines: [{ line: 1 }], empty: [], nothing: {} },
    [
      { field: 'area.kind', before: null, after: text('communes'), isChanged: false },
      { field: 'area.codes', before: null, after: text('31117, 31708'), isChanged: false },
      { field: 'lines', before: null, after: text('[{"line":1}]'), isChanged: false },
      { field: 'empty', before: null, after: { kind: 'none' }, isChanged: false },
      { field: 'nothing', before: null, after: text('{}'), isChanged: false },
    ],
  ],
])('%s', (_name, before, after, rows) => expect(changesOf(before, after)).toEqual(rows));

it('a text that reads like a word of ours is a text', () => {
  expect(changesOf({ a: 'yes' }, { a: true })).toMatchObject([{ isChanged: true }]);
});
