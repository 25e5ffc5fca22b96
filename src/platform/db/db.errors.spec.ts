import { QueryFailedError } from 'typeorm';
import { DomainError } from '../../kernel/errors';
import { asUnavailable, DatabaseUnavailable, isConnectionLost, isRepeatable, violatedConstraint } from './db.errors';

const coded = (code: string, fields: object = {}): Error => Object.assign(new Error(code), { code, ...fields });
const wrapped = (error: Error): Error => new QueryFailedError('SELECT 1', [], error);

describe('what an error of the database means', () => {
  const cases: { name: string; error: unknown; lost: boolean; repeatable: boolean; unavailable: boolean }[] = [
    { name: 'deadlock', error: coded('40P01'), lost: false, repeatable: true, unavailable: true },
    { name: 'serialization failure', error: wrapped(coded('40001')), lost: false, repeatable: true, unavailable: true },
    { name: 'terminated backend', error: coded('57P01'), lost: true, repeatable: false, unavailable: true },
    { name: 'server starting up', error: coded('57P03'), lost: true, repeatable: false, unavailable: true },
    { name: 'connection limit', error: coded('53300'), lost: true, repeatable: false, unavailable: true },
    { name: 'nobody listens', error: coded('ECONNREFUSED'), lost: true, repeatable: false, unavailable: true },
    { name: 'cut socket', error: wrapped(coded('ECONNRESET')), lost: true, repeatable: false, unavailable: true },
    {
      name: 'silent end',
      error: new Error('Connection terminated unexpectedly'),
      lost: true,
      repeatable: false,
      unavailable: true,
    },
    {
      name: 'pool exhausted',
      error: new Error('timeout exceeded when trying to connect'),
      lost: false,
      repeatable: false,
      unavailable: true,
    },
    { name: 'statement timeout', error: coded('57014'), lost: false, repeatable: false, unavailable: true },
    { name: 'lock timeout', error: coded('55P03'), lost: false, repeatable: false, unavailable: true },
    { name: 'disk full', error: coded('53100'), lost: false, repeatable: false, unavailable: true },
    { name: 'unique violation', error: coded('23505'), lost: false, repeatable: false, unavailable: false },
    { name: 'write in a read', error: coded('25006'), lost: false, repeatable: false, unavailable: false },
    { name: 'wrong SQL', error: coded('42601'), lost: false, repeatable: false, unavailable: false },
    {
      name: 'a defect of ours',
      error: new TypeError('x is undefined'),
      lost: false,
      repeatable: false,
      unavailable: false,
    },
    { name: 'no error at all', error: undefined, lost: false, repeatable: false, unavailable: false },
  ];

  it.each(cases)('$name', ({ error, lost, repeatable, unavailable }) => {
    expect(isConnectionLost(error)).toBe(lost);
    expect(isRepeatable(error)).toBe(repeatable);
    expect(asUnavailable(error) instanceof DatabaseUnavailable).toBe(unavailable);
    if (!unavailable) expect(asUnavailable(error)).toBe(error);
  });

  it('leaves a refusal of the domain as it is', () => {
    const refusal = new DomainError('conflict', 'taken', { vi: 'Đã có.', en: 'Taken.' });
    expect(asUnavailable(refusal)).toBe(refusal);
  });
});

describe('the violated constraint', () => {
  it.each([
    { name: 'unique', error: coded('23505', { constraint: 'a_key' }), constraint: 'a_key' },
    { name: 'exclusion, wrapped by TypeORM', error: wrapped(coded('23P01', { constraint: 'b' })), constraint: 'b' },
    { name: 'foreign key', error: coded('23503', { constraint: 'c_fkey' }), constraint: 'c_fkey' },
    { name: 'not null has no name', error: coded('23502'), constraint: null },
    { name: 'another error that names one', error: coded('42704', { constraint: 'd' }), constraint: null },
    { name: 'nothing', error: null, constraint: null },
  ])('$name', ({ error, constraint }) => {
    expect(violatedConstraint(error)).toBe(constraint);
  });
});
