import { create, type QRCode, type QRCodeMaskPattern, type QRCodeSegment } from 'qrcode';
import { PayloadNotDrawable } from './drawing.errors';
import { bitPlanes, maskPenalty, type BitPlane } from './symbol-penalty';
import { splitSegments } from './symbol-segments';

export type QrLevel = 'L' | 'M' | 'Q' | 'H';

/** A QR symbol without its quiet zone. */
export interface QrSymbol {
  /** Modules per side: 17 + 4 × version. */
  readonly size: number;
  readonly version: number;
  readonly level: QrLevel;
  /** Row by row, 1 = dark; never changed once made. */
  readonly modules: Uint8Array;
}

/** Light modules on every side without which readers may refuse a symbol (ISO/IEC 18004 §9.1). */
export const QUIET_ZONE = 4;

/** How the symbol under another mask differs from the one under mask 0: the same for every payload of that size. */
interface MaskStep {
  readonly modules: Uint8Array;
  readonly planes: readonly BitPlane[];
}

const MASKS: readonly QRCodeMaskPattern[] = [0, 1, 2, 3, 4, 5, 6, 7];
const ANY_TEXT = splitSegments('0');
const stepsBySize = new Map<string, readonly MaskStep[]>();

/**
 * The symbol of a text: smallest version, best mask, numeric and alphanumeric modes where the text allows them.
 * Bit for bit what `qrcode` makes of the same segments, but with the eight masks judged on bit planes
 * (docs/decisions/0003-qr-symbol.md).
 *
 * @throws PayloadNotDrawable for an empty text or one too long for version 40.
 */
export function drawSymbol(text: string, level: QrLevel = 'Q'): QrSymbol {
  if (text === '') throw new PayloadNotDrawable('empty text');
  const drawn = drawUnmasked(text, level);
  const { size, data } = drawn.modules;
  const steps = maskSteps(drawn.version, level);
  const modules = xor(data, bestStep(bitPlanes(data, size), size, steps).modules);
  return { size, version: drawn.version, level, modules };
}

/** Under mask 0. Long texts are split again with the wider counts of their version, which may make it smaller. */
function drawUnmasked(text: string, level: QrLevel): QRCode {
  const drawn = createUnder(0, splitSegments(text), level);
  if (drawn.version < 10) return drawn;
  return createUnder(0, splitSegments(text, drawn.version), level);
}

function createUnder(
  maskPattern: QRCodeMaskPattern,
  segments: QRCodeSegment[],
  level: QrLevel,
  version?: number,
): QRCode {
  try {
    return create(segments, { errorCorrectionLevel: level, maskPattern, version });
  } catch (error) {
    throw new PayloadNotDrawable(error instanceof Error ? error.message.trim() : 'unknown reason');
  }
}

/** Mask and format bits do not depend on the data, so any text teaches the steps of a version for all of them. */
function maskSteps(version: number, level: QrLevel): readonly MaskStep[] {
  const key = `${version}-${level}`;
  const known = stepsBySize.get(key);
  if (known) return known;
  const [first, ...others] = MASKS.map((mask) => createUnder(mask, ANY_TEXT, level, version).modules);
  if (!first) throw new PayloadNotDrawable('no mask');
  const steps = [first, ...others].map(({ data, size }) => {
    const modules = xor(first.data, data);
    return { modules, planes: bitPlanes(modules, size) };
  });
  stepsBySize.set(key, steps);
  return steps;
}

/** The step to the mask of least penalty; the lowest mask number wins a draw, as in `qrcode`. */
function bestStep(drawn: readonly BitPlane[], size: number, steps: readonly MaskStep[]): MaskStep {
  const trial = drawn.map((plane) => ({ ...plane, words: new Int32Array(size) }));
  let best = steps[0] as MaskStep;
  let least = Infinity;
  for (const step of steps) {
    trial.forEach((plane, p) => applyStep(plane.words, drawn[p] as BitPlane, step.planes[p] as BitPlane));
    const penalty = maskPenalty(trial, size, least);
    if (penalty < least) [least, best] = [penalty, step];
  }
  return best;
}

function applyStep(target: Int32Array, drawn: BitPlane, step: BitPlane): void {
  for (let j = 0; j < target.length; j += 1) target[j] = (drawn.words[j] as number) ^ (step.words[j] as number);
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  const result = new Uint8Array(one.length);
  for (let i = 0; i < one.length; i += 1) result[i] = (one[i] as number) ^ (other[i] as number);
  return result;
}
