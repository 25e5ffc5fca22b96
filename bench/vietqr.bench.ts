import { QRPay } from 'vietnam-qr-pay';
import { decodeVietQr } from '../src/vietqr/decode-strict';
import { encodeVietQr, type VietQrInput } from '../src/vietqr/encode';
import { alternate, type Comparison, type Contestant, rateText } from './alternate';
import { type BenchRow } from './bench-row';

const INPUTS: readonly VietQrInput[] = Array.from({ length: 1_000 }, (_, i) => ({
  bin: ['970436', '970415', '970422', '970407'][i % 4]!,
  account: String(1_000_000_000_000 + i * 7_919),
  content: `CHO${String(10_000_000 + i)}`,
  ...(i % 2 === 0 ? {} : { amount: BigInt(1_000 + i * 500) }),
}));

/**
 * P1: a payload written and read, checking what `vietnam-qr-pay` does not, against it. Our encoder reads back what it
 * wrote before it hands it out, so it is also measured against the peer doing both.
 */
export async function benchVietQr(): Promise<BenchRow[]> {
  const payloads = INPUTS.map(encodeVietQr);
  requireSamePayloads(payloads);
  const encode = await alternate(over(INPUTS, encodeVietQr), over(INPUTS, peerEncode));
  const both = await alternate(
    over(INPUTS, encodeVietQr),
    over(INPUTS, (input) => peerAccount(peerEncode(input))),
  );
  const parse = await alternate(
    over(payloads, (payload) => decodeVietQr(payload).account),
    over(payloads, peerAccount),
  );
  return [
    row('VietQR payload written and read back, against writing alone', encode, 1.5),
    row('VietQR payload written and read back, against both', both, 1.5),
    row('VietQR payload read strictly', parse, 1),
  ];
}

function peerEncode({ bin, account, amount, content }: VietQrInput): string {
  return QRPay.initVietQR({
    bankBin: bin,
    bankNumber: account,
    ...(amount === undefined ? {} : { amount: amount.toString() }),
    ...(content === undefined ? {} : { purpose: content }),
  }).build();
}

function peerAccount(payload: string): string {
  return new QRPay(payload).consumer.bankNumber ?? '';
}

/** A comparison of speeds is worth nothing when the two sides do different work. */
function requireSamePayloads(payloads: readonly string[]): void {
  const other = INPUTS.findIndex((input, i) => peerEncode(input) !== payloads[i]);
  if (other >= 0) throw new Error(`the two encoders disagree about input ${other}`);
}

/** All items once; every result is used, so that no work can be optimised away. */
function over<Item>(items: readonly Item[], work: (item: Item) => string): Contestant {
  const run = (): number => items.reduce((length, item) => length + work(item).length, 0);
  return { run, unitsPerRun: items.length };
}

function row(job: string, { oursPerSecond, peerPerSecond, ratio }: Comparison, goal: number): BenchRow {
  return {
    id: 'P1',
    job,
    ours: rateText(oursPerSecond),
    peer: `vietnam-qr-pay ${rateText(peerPerSecond)}`,
    ratio,
    goal: `≥ ${goal} ×`,
    met: ratio >= goal,
  };
}
