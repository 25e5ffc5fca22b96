import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { makePayload } from '../../test/factories/card-face.factory';
import { readCodes } from './code-reader';
import type { GreyPicture } from './pdf-raster';
import { qrPng } from './qr-png';
import { drawSymbol, QUIET_ZONE } from './symbol';

async function pictureOf(png: Buffer): Promise<GreyPicture> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

const payloads = Array.from({ length: 80 }, (_, n) => makePayload(n));

describe('qrPng', () => {
  it('is read back as what was given, in about 700 bytes', async () => {
    for (const payload of payloads) {
      const png = qrPng(payload);
      expect(png.length).toBeLessThan(1_000);
      expect((await readCodes(await pictureOf(png))).map((code) => code.text)).toEqual([payload]);
    }
  });

  it('meets checksums that begin with 0 among them', () => {
    expect(payloads.filter((payload) => payload.slice(-4).startsWith('0')).length).toBeGreaterThan(0);
  });

  it.each([8, 16, 24, 32] as const)('has every pixel right at scale %i', async (scale) => {
    for (const text of ['0', makePayload(1)]) {
      const symbol = drawSymbol(text);
      const { width, height, data } = await pictureOf(qrPng(text, { scale }));
      const side = (symbol.size + 2 * QUIET_ZONE) * scale;
      expect({ width, height }).toEqual({ width: side, height: side });
      const wrong = data.findIndex((grey, at) => {
        const column = Math.floor((at % side) / scale) - QUIET_ZONE;
        const row = Math.floor(at / side / scale) - QUIET_ZONE;
        const inside = column >= 0 && row >= 0 && column < symbol.size && row < symbol.size;
        return grey !== (inside && symbol.modules[row * symbol.size + column] === 1 ? 0 : 255);
      });
      expect(wrong).toBe(-1);
    }
  });

  it.each([8, 16, 24, 32] as const)(
    'holds a stream that zlib unpacks and whose checksum it accepts, scale %i',
    (scale) => {
      for (const text of ['0', makePayload(2), 'x'.repeat(1_500)]) {
        const png = qrPng(text, { scale });
        const side = png.readUInt32BE(16);
        expect(inflateSync(png.subarray(41, 41 + png.readUInt32BE(33))).length).toBe(side * (side / 8 + 1));
      }
    },
  );

  it('is one bit deep and grey', async () => {
    const png = qrPng(makePayload(0));
    expect([png[24], png[25]]).toEqual([1, 0]);
    expect((await sharp(png).metadata()).format).toBe('png');
  });
});
