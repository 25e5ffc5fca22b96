import vectors from '../../test/fixtures/vietqr.json';
import { crc16, crcText } from './crc16';
import { decodeScannedCode } from './decode-scan-back';
import { decodeVietQr } from './decode-strict';
import { encodeVietQr, type VietQrInput } from './encode';
import { foldAccents } from './fold';
import { type SubFields, type VietQrFields } from './payload';
import { writeObject } from './tlv';
import { ForeignCode, VietQrRefused } from './vietqr.errors';
import { writeAccountTemplate, writeChecksum } from './write';

function template(fields: SubFields): string {
  return Object.entries(fields)
    .map(([id, value]) => writeObject(id, value))
    .join('');
}

/** Writes decoded fields again in the order in which they stood. */
function rewrite(fields: VietQrFields): string {
  const values: Record<string, string | null> = {
    ...fields.unreserved,
    ...fields.rfu,
    '00': '01',
    '01': fields.initiation === 'static' ? '11' : '12',
    '38': writeAccountTemplate(fields.bin, fields.account, fields.service),
    '52': fields.mcc,
    '53': fields.currency,
    '54': fields.amount,
    '55': fields.tip,
    '56': fields.feeFixed,
    '57': fields.feePercent,
    '58': fields.country,
    '59': fields.merchantName,
    '60': fields.merchantCity,
    '61': fields.postalCode,
    '62': fields.additional && template(fields.additional),
    '64': fields.language && template(fields.language),
  };
  return writeChecksum(
    fields.order
      .slice(0, -1)
      .map((id) => writeObject(id, values[id] ?? ''))
      .join(''),
  );
}

function refusal(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The vectors’ inputs hold JSON numbers; ours holds bigints. What is no number stays what it is, to be refused. */
function asInput(input: object): VietQrInput {
  const { amount, ...rest } = input as { amount?: unknown };
  if (amount === undefined || amount === null) return rest as VietQrInput;
  return { ...rest, amount: typeof amount === 'number' ? BigInt(amount) : amount } as VietQrInput;
}

describe('published vectors', () => {
  it.each(vectors.crc)('checksum of $input', ({ input, crc }) => {
    expect(crcText(crc16(input))).toBe(crc);
  });

  describe.each(vectors.valid)('valid $id ($source)', ({ payload, decoded }) => {
    it('is read with its fields', () => {
      expect(decodeVietQr(payload)).toEqual(decoded);
    });

    it('is written again in the same order to the same bytes', () => {
      expect(rewrite(decodeVietQr(payload))).toBe(payload);
    });

    it('is read the same on a wall', () => {
      expect(decodeScannedCode(payload).fields).toEqual(decoded);
    });
  });

  describe.each(vectors.interop)('interop $id: $note', ({ payload, warnings }) => {
    it('is refused by the strict reader', () => {
      expect(() => decodeVietQr(payload)).toThrow(VietQrRefused);
    });

    it('is read on a wall with exactly its warnings', () => {
      expect(decodeScannedCode(payload).warnings.map(({ code }) => code)).toEqual(warnings);
    });
  });

  it.each(vectors.foreign)('foreign $id is named $kind and never read as an account', ({ payload, kind }) => {
    for (const read of [decodeVietQr, decodeScannedCode]) {
      const error = refusal(() => read(payload));
      expect(error).toBeInstanceOf(ForeignCode);
      expect(kind).toContain((error as ForeignCode).scheme.name);
    }
  });

  describe.each(vectors.invalid)('invalid $id: $reason', ({ payload, refCode, severity }) => {
    it('is refused by the strict reader', () => {
      const error = refusal(() => decodeVietQr(payload));
      expect(error).toBeInstanceOf(refCode === 'BAD_GUID' ? ForeignCode : VietQrRefused);
      if (error instanceof VietQrRefused) expect(error.finding.code).toBe(refCode.split(' ')[0]);
    });

    it('is refused on a wall too where its structure is broken', () => {
      if (severity !== 'structural') return;
      expect(() => decodeScannedCode(payload)).toThrow(VietQrRefused);
    });
  });

  it.each(vectors.generated)('generated $id is byte-equal', ({ input, expected, decoded }) => {
    expect(encodeVietQr(asInput(input))).toBe(expected);
    expect(decodeVietQr(expected)).toEqual(decoded);
  });

  it.each(vectors.encodeRefusals)('refuses to write $id: $reason', ({ input }) => {
    expect(() => encodeVietQr(asInput(input))).toThrow();
  });

  it.each(vectors.fold)('folds $input', ({ input, expected }) => {
    expect(foldAccents(input)).toBe(expected);
  });
});
