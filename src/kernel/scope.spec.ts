import { NO_SCOPE, type Scope, scopeText, SYSTEM_SCOPE } from './scope';

it.each<[Scope, string]>([
  [NO_SCOPE, ''],
  [SYSTEM_SCOPE, 'system'],
  [{ kind: 'province', codes: ['92'] }, 'province:92'],
  [{ kind: 'communes', codes: ['31117', '31120'] }, 'communes:31117,31120'],
  [{ kind: 'markets', codes: ['CAIRANG', 'NK01'] }, 'markets:CAIRANG,NK01'],
  [{ kind: 'markets', codes: [] }, ''],
  [{ kind: 'bank', bin: '970436' }, 'bank:970436'],
  [{ kind: 'vendor', id: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }, 'vendor:019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11'],
])('%j is %s in the database', (scope, text) => {
  expect(scopeText(scope)).toBe(text);
});

it.each(["92'; DROP TABLE markets; --", '92,93', '92:system', '', ' ', 'Ô1'])('%j never gets there', (code) => {
  expect(() => scopeText({ kind: 'markets', codes: [code] })).toThrow('codes and ids only');
});
