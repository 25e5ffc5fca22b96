import { format, inspect } from 'node:util';
import { Confidential } from './confidential';

const CLEAR = '001012345789';
const MASKED = '0010*****789';
const id = Confidential.of('personal_id', CLEAR);

describe('Confidential', () => {
  it.each<[string, (value: Confidential) => string]>([
    ['a template', (value) => `ID ${value.toString()}`],
    ['String()', String],
    ['concatenation', (value) => ['ID', value].join(' ')],
    ['JSON', (value) => JSON.stringify({ vendor: { id: value } })],
    ['inspect, everything shown', (value) => inspect({ value }, { showHidden: true, depth: 9, getters: true })],
    ['the formats of console.log', (value) => format('%s %o %O %j', value, value, { value }, value)],
    ['an error', (value) => new Error(`no vendor with ${value.toString()}`).stack ?? ''],
    ['a copy of it', (value) => JSON.stringify({ ...value }) + inspect({ ...value })],
    ['a structured clone', (value) => inspect(structuredClone({ ...value }), { showHidden: true })],
  ])('shows no clear value in %s', (_name, write) => {
    expect(write(id)).not.toContain('12345');
  });

  it.each([
    ['personal_id', CLEAR, MASKED],
    ['phone', '0900003986', '090****986'],
    ['tax_code', CLEAR, MASKED],
    ['tax_code', '0100112437', '0100112437'],
    ['account', '0011004411223', '****1223'],
  ] as const)('%s %s is shown as %s', (kind, clear, masked) => {
    const value = Confidential.of(kind, clear);
    expect([value.masked, value.toString(), JSON.stringify(value), inspect(value)]).toEqual([
      masked,
      masked,
      `"${masked}"`,
      masked,
    ]);
    expect(value.reveal()).toBe(clear);
  });

  it('is equal by kind and value', () => {
    expect(id.equals(Confidential.of('personal_id', CLEAR))).toBe(true);
    expect(id.equals(Confidential.of('tax_code', CLEAR))).toBe(false);
    expect(id.equals(Confidential.of('personal_id', '001012345780'))).toBe(false);
    expect(id.equals(null)).toBe(false);
  });

  it('nothing stays nothing', () => {
    expect(Confidential.orNull('phone', null)).toBeNull();
  });
});
