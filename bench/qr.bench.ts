import { toBuffer, toString } from 'qrcode';
import sharp from 'sharp';
import { readCodes } from '../src/qr/code-reader';
import { qrPng } from '../src/qr/qr-png';
import { qrSvg } from '../src/qr/qr-svg';
import { makePayload } from '../test/factories/card-face.factory';
import { alternate, type Comparison, type Contestant, rateText } from './alternate';
import type { BenchRow } from './bench-row';

const PAYLOADS: readonly string[] = Array.from({ length: 200 }, (_, n) => makePayload(n));
const LEVEL = { errorCorrectionLevel: 'Q' } as const;
/** Pixels per module, ours and the peer's. */
const SCALE = 8;

/** P2: pictures of real payment codes at level Q, each of them decoded and compared before anything is measured. */
export async function benchQr(): Promise<BenchRow[]> {
  for (const payload of PAYLOADS) {
    await requireDecodes(qrPng(payload), payload);
    await requireDecodes(Buffer.from(qrSvg(payload)), payload);
  }
  const png = await alternate(
    eachPayload((payload) => qrPng(payload, { scale: SCALE }).length),
    eachPayload(async (payload) => (await toBuffer(payload, { ...LEVEL, scale: SCALE })).length, 10),
  );
  const svg = await alternate(
    eachPayload((payload) => Buffer.byteLength(qrSvg(payload))),
    eachPayload(async (payload) => Buffer.byteLength(await toString(payload, { ...LEVEL, type: 'svg' }))),
  );
  return [rateRow('QR code as PNG', png, 100), await sizeRow(), rateRow('QR code as SVG', svg, 4)];
}

/** Runs through the first `count` payloads; sums what it made, so that no work can be optimised away. */
function eachPayload(work: (payload: string) => number | Promise<number>, count = PAYLOADS.length): Contestant {
  const payloads = PAYLOADS.slice(0, count);
  const run = async () => {
    let sum = 0;
    for (const payload of payloads) {
      const bytes = work(payload);
      sum += typeof bytes === 'number' ? bytes : await bytes;
    }
    return sum;
  };
  return { run, unitsPerRun: count };
}

async function requireDecodes(picture: Buffer, payload: string): Promise<void> {
  const { data, info } = await sharp(picture, { density: 576 }).greyscale().raw().toBuffer({ resolveWithObject: true });
  const codes = await readCodes({ width: info.width, height: info.height, data });
  if (codes.length !== 1 || codes[0]?.text !== payload) throw new Error(`a picture does not say ${payload}`);
}

function rateRow(job: string, { oursPerSecond, peerPerSecond, ratio }: Comparison, goal: number): BenchRow {
  return {
    id: 'P2',
    job,
    ours: rateText(oursPerSecond),
    peer: `qrcode ${rateText(peerPerSecond)}`,
    ratio,
    goal: `≥ ${goal} ×`,
    met: ratio >= goal,
  };
}

/** Bytes of all PNGs; here smaller is better. */
async function sizeRow(): Promise<BenchRow> {
  let [ours, peer] = [0, 0];
  for (const payload of PAYLOADS.slice(0, 20)) {
    ours += qrPng(payload, { scale: SCALE }).length;
    peer += (await toBuffer(payload, { ...LEVEL, scale: SCALE })).length;
  }
  const ratio = ours / peer;
  return {
    id: 'P2',
    job: 'bytes of a PNG (smaller is better)',
    ours: `${Math.round(ours / 20)} B`,
    peer: `qrcode ${Math.round(peer / 20)} B`,
    ratio,
    goal: '≤ 0.3 ×',
    met: ratio <= 0.3,
  };
}
