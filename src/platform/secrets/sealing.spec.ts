import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '../startup-error';
import { SealBroken, Sealing, type SealedPlace } from './sealing';
import { sealingKey } from './sealing.key';

const PLACE: SealedPlace = { table: 'bank_keys', column: 'material', row: 'vcb-1' };
const SECRET = Buffer.from('bí mật của ngân hàng');

function altered(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

describe('Sealing', () => {
  const sealing = new Sealing(randomBytes(32));
  const sealed = sealing.seal(SECRET, PLACE);

  it('opens what it sealed, and never seals the same way twice', () => {
    expect(sealing.open(sealed, PLACE)).toEqual(SECRET);
    expect(sealing.seal(SECRET, PLACE)).not.toEqual(sealed);
    expect(sealed.includes(SECRET)).toBe(false);
  });

  it.each([
    ['another table', { ...PLACE, table: 'staff' }],
    ['another column', { ...PLACE, column: 'secret' }],
    ['another row', { ...PLACE, row: 'vcb-2' }],
    ['parts that join to the same text', { table: 'bank_keys|8:material', column: '', row: 'vcb-1' }],
  ])('does not open in %s', (_name, place) => {
    expect(() => sealing.open(sealed, place)).toThrow(SealBroken);
  });

  it('does not open with any single byte altered, or cut', () => {
    for (let index = 0; index < sealed.length; index += 1) {
      expect(() => sealing.open(altered(sealed, index), PLACE)).toThrow(SealBroken);
      expect(() => sealing.open(sealed.subarray(0, index), PLACE)).toThrow(SealBroken);
    }
  });

  it('opens what a former key sealed, and not what a stranger’s key sealed', () => {
    const former = randomBytes(32);
    const old = new Sealing(former).seal(SECRET, PLACE);
    expect(new Sealing(randomBytes(32), [former]).open(old, PLACE)).toEqual(SECRET);
    expect(() => sealing.open(old, PLACE)).toThrow('unknown key');
  });

  it('refuses keys of another length', () => {
    expect(() => new Sealing(randomBytes(16))).toThrow(RangeError);
  });
});

describe('sealingKey', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'cho40-seal-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('makes a key once, for its owner only', () => {
    const folder = join(dataDir, 'new');
    const key = sealingKey({ production: false, dataDir: folder });
    expect(key).toHaveLength(32);
    expect(sealingKey({ production: false, dataDir: folder })).toEqual(key);
    expect(readdirSync(folder)).toEqual(['sealing.key']);
    expect(statSync(join(folder, 'sealing.key')).mode & 0o777).toBe(0o600);
  });

  it('takes the key it is given', () => {
    const key = randomBytes(32);
    expect(sealingKey({ production: true, dataDir, sealingKey: key.toString('base64') })).toEqual(key);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each([
    ['none in production', undefined, 'sealing_key_missing'],
    ['a short one', randomBytes(16).toString('base64'), 'sealing_key_invalid'],
    ['zeros', Buffer.alloc(32).toString('base64'), 'sealing_key_invalid'],
    ['a placeholder', 'change-me', 'sealing_key_invalid'],
  ])('refuses to start with %s', (_name, given, code) => {
    const start = (): Buffer => sealingKey({ production: true, dataDir, sealingKey: given });
    expect(start).toThrow(StartupError);
    expect(start).toThrow(code);
  });

  it('refuses a damaged file instead of making a new key over it', () => {
    writeFileSync(join(dataDir, 'sealing.key'), 'half');
    expect(() => sealingKey({ production: false, dataDir })).toThrow('sealing_key_invalid');
  });
});
