import * as fc from 'fast-check';
import { QRPay } from 'vietnam-qr-pay';
import { crc16, crcText } from './crc16';
import { decodeScannedCode } from './decode-scan-back';
import { decodeVietQr } from './decode-strict';
import { encodeVietQr, type VietQrInput } from './encode';
import { readObjects, writeObject } from './tlv';
import { writeChecksum } from './write';

const characters = (set: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...set), minLength, maxLength });
const DIGITS = '0123456789';
const LETTERS = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;
const ANS = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join('');
const VIETNAMESE = 'HKD Nguyễn Thị Ánh ơ Ư đ Đ';

const transfer: fc.Arbitrary<VietQrInput> = fc.record(
  {
    bin: characters(DIGITS, 6, 6),
    account: characters(LETTERS, 1, 19),
    service: fc.constant('QRIBFTTA' as const),
    amount: fc.bigInt(1n, 9_999_999_999_999n),
    content: characters(ANS, 1, 25).filter((text) => text.trim() !== ''),
  },
  { requiredKeys: ['bin', 'account'] },
);

const anyInput: fc.Arbitrary<VietQrInput> = fc.oneof(
  transfer,
  fc.record({
    bin: characters(DIGITS, 6, 6),
    account: characters(LETTERS, 1, 19),
    service: fc.constant('QRPUSH' as const),
    mcc: characters(DIGITS, 4, 4),
    merchantName: characters(LETTERS, 1, 25),
    merchantCity: characters(LETTERS, 1, 15),
    language: fc.record({
      code: fc.constant('vi'),
      name: characters(VIETNAMESE, 1, 25).filter((t) => t.trim() !== ''),
    }),
  }),
);

function isRefused(payload: string): boolean {
  return [decodeVietQr, decodeScannedCode].every((read) => {
    try {
      read(payload);
      return false;
    } catch {
      return true;
    }
  });
}

/** The checksum one bit at a time, as the standard words it. */
function crcByBits(text: string): number {
  let crc = 0xffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

describe('properties', () => {
  it('decode ∘ encode is the identity', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const fields = decodeVietQr(encodeVietQr(input));
        expect(fields).toMatchObject({
          bin: input.bin,
          account: input.account,
          service: input.service ?? 'QRIBFTTA',
          amount: input.amount?.toString() ?? null,
          initiation: input.amount === undefined ? 'static' : 'dynamic',
          merchantName: input.merchantName ?? null,
        });
        expect(fields.additional?.['08']).toBe(input.content);
        expect(fields.language?.['01']).toBe(input.language?.name);
      }),
    );
  });

  it('writes what vietnam-qr-pay writes', () => {
    fc.assert(
      fc.property(transfer, (input) => {
        const peer = QRPay.initVietQR({
          bankBin: input.bin,
          bankNumber: input.account,
          amount: input.amount?.toString(),
          purpose: input.content,
        });
        expect(encodeVietQr(input)).toBe(peer.build());
      }),
    );
  });

  it('refuses every single substitution, the case of the checksum aside', () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), fc.constantFrom(...ANS, '\0', '\n'), (input, place, character) => {
        const payload = encodeVietQr(input);
        const at = place % payload.length;
        const altered = payload.slice(0, at) + character + payload.slice(at + 1);
        const onlyCase = at >= payload.length - 4 && character.toUpperCase() === payload[at];
        expect(altered === payload || onlyCase || isRefused(altered)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses every substitution at every place of one code', () => {
    const payload = encodeVietQr({ bin: '970436', account: '0011001234567', amount: 50_000n, content: 'CHO7K2M9QX1' });
    const altered = [...payload].flatMap((_, at) =>
      [...ANS].map((character) => payload.slice(0, at) + character + payload.slice(at + 1)),
    );
    const accepted = new Set(altered.filter((text) => !isRefused(text)));
    // Lower-case letters of the checksum are read on a wall, with a warning.
    for (const text of accepted) expect(text.slice(-4).toUpperCase()).toBe(payload.slice(-4));
    expect([...accepted].map((text) => text.slice(0, -4))).toEqual([...accepted].map(() => payload.slice(0, -4)));
    expect(accepted.size).toBe(1 + payload.slice(-4).replace(/[0-9]/g, '').length);
  });

  it('refuses every swap of two different neighbours', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const payload = encodeVietQr(input);
        const swapped = Array.from({ length: payload.length - 1 }, (_, at) => {
          return payload.slice(0, at) + payload[at + 1]! + payload[at]! + payload.slice(at + 2);
        });
        expect(swapped.filter((text) => text !== payload && !isRefused(text))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses every truncation', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const payload = encodeVietQr(input);
        const cut = Array.from({ length: payload.length }, (_, length) => payload.slice(0, length));
        expect(cut.filter((text) => !isRefused(text))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the fields when the middle objects change places and the checksum is made anew', () => {
    fc.assert(
      fc.property(anyInput, fc.infiniteStream(fc.nat()), (input, random) => {
        const payload = encodeVietQr(input);
        const middle = readObjects(payload, '').slice(1, -1);
        const shuffled = middle.map((object) => ({ object, key: random.next().value as number }));
        shuffled.sort((a, b) => a.key - b.key);
        const objects = shuffled
          .map(({ object }) => writeObject(String(object.id).padStart(2, '0'), object.value, [...object.value].length))
          .join('');
        const { order: _order, crc: _crc, ...fields } = decodeVietQr(writeChecksum(`000201${objects}`));
        expect(decodeVietQr(payload)).toMatchObject(fields);
      }),
    );
  });

  it('never crashes and never accepts on arbitrary text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((tail) => writeChecksum(`000201${tail}`)),
    );
    fc.assert(
      fc.property(text, (payload) => {
        for (const read of [decodeVietQr, decodeScannedCode]) {
          expect(() => read(payload)).toThrow(expect.objectContaining({ kind: 'invalid' }));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('sums like the standard does, bit by bit, over any text and any part of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(60), (text, cut) => {
        expect(crcText(crc16(text))).toBe(crcText(crcByBits(text)));
        const end = Math.min(cut, text.length);
        const part = text.slice(0, end);
        if (!/\p{Surrogate}/u.test(part)) expect(crc16(text, end)).toBe(crcByBits(part));
      }),
    );
  });

  it('counts lengths in code points and gives back every object', () => {
    const objects = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 99 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })),
      { selector: ([id]) => id, minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(objects, (pairs) => {
        const text = pairs.map(([id, v]) => writeObject(String(id).padStart(2, '0'), v, [...v].length)).join('');
        const read = readObjects(text, '');
        expect(read.map(({ id, value }) => [id, value])).toEqual(pairs);
      }),
    );
  });

  it('finds a doubled object wherever it stands', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), (unique, from, to) => {
        const doubled = [...unique];
        doubled.splice(1 + (to % unique.length), 0, unique[from % unique.length]!);
        const text = doubled.map((id) => `${String(id).padStart(2, '0')}01x`).join('');
        expect(() => readObjects(text, '')).toThrow(expect.objectContaining({ code: 'tlv_duplicate' }));
      }),
    );
  });
});
