import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '..', '..');
const TEXT = readFileSync(join(PROJECT, 'docs', 'security.md'), 'utf8');
const [MET = '', NOT_MET = ''] = TEXT.split('## What is not met');

const idsIn = (text: string): string[] => [...text.matchAll(/\bV\d{1,2}\.\d{1,2}\.\d{1,2}\b/g)].map(([id]) => id);

describe('docs/security.md', () => {
  it('names tests that are there', () => {
    const named = [...MET.matchAll(/`([\w./-]+\.spec\.ts)`/g)].map(([, path = '']) => path);
    const missing = named.filter((path) => !['test', 'src'].some((root) => existsSync(join(PROJECT, root, path))));
    expect(named.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it('tells every requirement once, and says what is not met', () => {
    const ids = idsIn(MET);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.length).toBeGreaterThan(120);
    expect(idsIn(NOT_MET).length).toBeGreaterThan(10);
  });

  it('every row has its four columns, and the not met their reason', () => {
    const rows = MET.split('\n').filter((line) => /^\| V\d/.test(line));
    expect(rows.filter((row) => row.split('|').length !== 6)).toEqual([]);
  });
});
