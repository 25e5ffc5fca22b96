import type { QrSymbol } from './symbol';

/**
 * Closed contours around dark modules, one after the other, in module units with y downwards. Each is the x and y of
 * its first corner, then moves that alternate between horizontal and vertical, then 0; the last, vertical move back
 * to the first corner is left out. Dark lies to the right of the way, so non-zero and even-odd filling agree.
 */
export type Outline = Int16Array;

/**
 * The outline of all dark modules as one path. Drawn as one shape it has no seams between rows or modules, which
 * rectangles show on screens and in some printers' rasters (vietqr.md §4). Modules that touch only by a corner get
 * contours of their own.
 */
export function outlineOf(symbol: QrSymbol): Outline {
  const { size } = symbol;
  const width = size + 2;
  const dark = withLightFrame(symbol);
  const traced = new Uint8Array(dark.length);
  const outline = roomFor(3 * (size + 1) * (size + 1));
  let length = 0;
  for (let row = 1; row <= size; row += 1) {
    for (let at = row * width + 1, end = at + size; at < end; at += 1) {
      if (dark[at] === 1 && dark[at - width] === 0 && traced[at] === 0) {
        outline[length] = at - row * width - 1;
        outline[length + 1] = row - 1;
        length = trace(dark, traced, width, at, outline, length + 2);
      }
    }
  }
  return outline.slice(0, length);
}

let room = new Int16Array(8_192);

/** Room to trace in, used again by each symbol. The worst case is a chessboard: every other module six numbers. */
function roomFor(length: number): Outline {
  if (room.length < length) room = new Int16Array(length);
  return room;
}

function withLightFrame({ size, modules }: QrSymbol): Uint8Array {
  const dark = new Uint8Array((size + 2) * (size + 2));
  for (let row = 0; row < size; row += 1) {
    dark.set(modules.subarray(row * size, (row + 1) * size), (row + 1) * (size + 2) + 1);
  }
  return dark;
}

/**
 * Follows the boundary from the upper left corner of the module `start`, marks every upper edge on the way and writes
 * the moves; returns where the next contour begins.
 */
function trace(
  dark: Uint8Array,
  traced: Uint8Array,
  width: number,
  start: number,
  moves: Outline,
  from: number,
): number {
  let to = from;
  // The modules to the right and to the left of the next edge, and the step forward; a turn to the right keeps the
  // right one, a turn to the left the left one.
  let right = start;
  let left = start - width;
  let step = 1;
  do {
    let length = 0;
    do {
      if (step === 1) traced[right] = 1;
      length += 1;
      right += step;
      left += step;
    } while (dark[right] === 1 && dark[left] === 0);
    moves[to] = step > 0 ? length : -length;
    to += 1;
    if (dark[right] === 0) {
      left = right;
      right -= step;
      step = turnRight(step, width);
    } else {
      right = left;
      left -= step;
      step = -turnRight(step, width);
    }
  } while (right !== start || step !== 1);
  moves[to - 1] = 0;
  return to;
}

function turnRight(step: number, width: number): number {
  if (step === 1) return width;
  if (step === -1) return -width;
  return step > 0 ? -1 : 1;
}
