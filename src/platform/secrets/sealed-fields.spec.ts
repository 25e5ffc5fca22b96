import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { Confidential } from '../../kernel/confidential';
import { BlindIndex } from './blind-index';
import { SEALED } from './sealed-columns';
import { SealedFields } from './sealed-fields';
import { SealBroken, Sealing } from './sealing';

const index = new BlindIndex(randomBytes(32));
const fields = new SealedFields(new Sealing(randomBytes(32)), index);
const id = Confidential.of('personal_id', '000774736035');
const sealed = fields.seal(SEALED.vendorPersonalId, 'vendor-1', id);

function altered(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
  return copy;
}

describe('SealedFields', () => {
  it('opens what it sealed as the kind of its column, and shows it to nobody', () => {
    const opened = fields.open(SEALED.vendorPersonalId, 'vendor-1', sealed);
    expect(opened.equals(id)).toBe(true);
    expect(inspect([opened, sealed])).not.toContain('774736');
    expect(fields.indexOf(id)).toEqual(index.of(id));
  });

  it('nothing stays nothing', () => {
    expect(fields.seal(SEALED.vendorPhone, 'vendor-1', null)).toBeNull();
    expect(fields.open(SEALED.vendorPhone, 'vendor-1', null)).toBeNull();
    expect(fields.indexOf(null)).toBeNull();
  });

  it.each<[string, () => unknown]>([
    ['in another row', () => fields.open(SEALED.vendorPersonalId, 'vendor-2', sealed)],
    ['in another column', () => fields.open(SEALED.vendorTaxCode, 'vendor-1', sealed)],
    ['in another table', () => fields.open(SEALED.accountNumber, 'vendor-1', sealed)],
    ['altered', () => fields.open(SEALED.vendorPersonalId, 'vendor-1', altered(sealed))],
    ['cut', () => fields.open(SEALED.vendorPersonalId, 'vendor-1', sealed.subarray(0, -1))],
    ['empty', () => fields.open(SEALED.vendorPersonalId, 'vendor-1', Buffer.alloc(0))],
    [
      'under another key',
      () => new SealedFields(new Sealing(randomBytes(32)), index).open(SEALED.vendorPersonalId, 'vendor-1', sealed),
    ],
  ])('does not open %s', (_name, open) => {
    expect(open).toThrow(SealBroken);
  });
});
