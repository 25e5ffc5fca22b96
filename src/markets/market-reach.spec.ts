import { NO_SCOPE, type Scope, SYSTEM_SCOPE } from '../kernel/scope';
import { reachOf } from './market-reach';

it.each<[string, Scope | undefined, string]>([
  ['a department', { kind: 'province', codes: ['92'] }, `m.province_code = ANY ('{92}')`],
  ['two communes', { kind: 'communes', codes: ['31117', '31120'] }, `m.commune_code = ANY ('{31117,31120}')`],
  ['a market board', { kind: 'markets', codes: ['BONGSEN'] }, `m.code = ANY ('{BONGSEN}')`],
  ['a board without a market', { kind: 'markets', codes: [] }, 'false'],
  ['nobody', NO_SCOPE, 'false'],
  ['our jobs', SYSTEM_SCOPE, 'true'],
  ['a bank', { kind: 'bank', bin: '970436' }, 'true'],
  ['no actor at all', undefined, 'true'],
])('%s reaches %j by %s', (_name, scope, condition) => {
  expect(reachOf(scope, 'm')).toBe(condition);
});

it('never writes what is no code into a statement', () => {
  expect(() => reachOf({ kind: 'markets', codes: ["X') OR ('1'='1"] }, 'm')).toThrow('codes and ids only');
});
