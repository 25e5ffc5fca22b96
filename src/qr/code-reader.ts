import { readFileSync } from 'node:fs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { GreyPicture } from './pdf-raster';

/** A code found in a picture; the middle of its symbol in pixels. */
export interface FoundCode {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

let reader: Promise<unknown> | undefined;

/** The reader from its package's own file; left alone it would fetch itself from a public server. */
async function prepare(): Promise<void> {
  reader ??= prepareZXingModule({
    overrides: {
      wasmBinary: new Uint8Array(readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer,
    },
    fireImmediately: true,
  });
  await reader;
}

/** All QR codes of a clean, upright, unphotographed picture such as a rasterised page. */
export async function readCodes(picture: GreyPicture): Promise<FoundCode[]> {
  await prepare();
  // A portable grey map is the plainest form in which the reader takes one byte per pixel.
  const file = Buffer.concat([Buffer.from(`P5 ${picture.width} ${picture.height} 255\n`), picture.data]);
  const found = await readBarcodes(file, {
    formats: ['QRCode'],
    binarizer: 'FixedThreshold',
    tryRotate: false,
    tryInvert: false,
    tryDownscale: false,
  });
  return found
    .filter((code) => code.isValid)
    .map(({ text, position }) => {
      const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft];
      return { text, x: mean(corners.map(({ x }) => x)), y: mean(corners.map(({ y }) => y)) };
    });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
