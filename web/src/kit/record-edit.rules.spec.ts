import { changesBetween, rebased, tidied } from './record-edit.rules';

interface Facts {
  name: string;
  address?: string | null;
  points: number;
}

const READ: Facts = { name: 'Chợ Bông Sen', address: null, points: 10 };

describe('what a form holds', () => {
  it.each([
    ['blanks around a text go', { name: ' Chợ ', points: 0 }, { name: 'Chợ', points: 0 }],
    ['an empty text is not given', { name: 'Chợ', address: '  ' }, { name: 'Chợ', address: null }],
    ['a field never filled is not given', { address: undefined }, { address: null }],
    ['no is an answer', { fixed: false }, { fixed: false }],
  ])('%s', (_case, typed, stored) => expect(tidied<object>(typed)).toEqual(stored));
});

describe('what is sent', () => {
  it.each([
    ['nothing was touched', READ, {}],
    ['a field that was not given and is not', { ...READ, address: undefined }, {}],
    ['one field', { ...READ, points: 12 }, { points: 12 }],
  ])('%s', (_case, typed: Facts, changes) => expect(changesBetween(READ, typed)).toEqual(changes));

  it('a text taken away', () => expect(changesBetween({ ...READ, address: 'Ấp 1' }, READ)).toEqual({ address: null }));
});

describe('somebody else was faster', () => {
  it.each([
    ['other fields', { ...READ, points: 12 }, { ...READ, address: 'Ấp 1' }, { address: 'Ấp 1', points: 12 }],
    ['the same field: what was typed stays', { ...READ, points: 12 }, { ...READ, points: 11 }, { points: 12 }],
    ['nothing typed: theirs', READ, { ...READ, points: 11 }, { points: 11 }],
  ])('%s', (_case, typed: Facts, latest: Facts, outcome) =>
    expect(rebased(READ, latest, typed)).toEqual({
      values: { ...READ, ...outcome },
      theirs: changesBetween(READ, latest),
    }),
  );
});
