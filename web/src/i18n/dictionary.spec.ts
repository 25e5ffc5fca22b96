import { en } from './en/en';
import { vi } from './vi/vi';

type Tree = { readonly [key: string]: string | Tree };

function sentences(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : sentences(value, `${path}${key}.`),
  );
}

const holes = (sentence: string): string[] =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('both languages', () => {
  const english = new Map(sentences(en));

  it.each(sentences(vi))('%s says the same figures', (key, sentence) => {
    const other = english.get(key);
    expect(other).toBeTruthy();
    expect(holes(other ?? '')).toEqual(holes(sentence));
  });

  it('has no sentence in English alone', () => {
    expect([...english.keys()].filter((key) => !new Map(sentences(vi)).has(key))).toEqual([]);
  });
});
