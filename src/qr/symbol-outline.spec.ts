import fc from 'fast-check';
import { makePayload } from '../../test/factories/card-face.factory';
import { drawSymbol, type QrSymbol } from './symbol';
import { type Outline, outlineOf } from './symbol-outline';

interface Edge {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** The vertical edges of all contours; the outline leaves the last one of each to be closed. */
function verticalEdges(outline: Outline): Edge[] {
  const edges: Edge[] = [];
  for (let i = 0; i < outline.length; i += 1) {
    const first = outline[i + 1] as number;
    let [x, y] = [outline[i] as number, first];
    for (i += 2; outline[i] !== 0; i += 1) {
      x += outline[i] as number;
      if (outline[i + 1] === 0) continue;
      i += 1;
      edges.push({ x, from: y, to: y + (outline[i] as number) });
      y += outline[i] as number;
    }
    edges.push({ x, from: y, to: first });
  }
  return edges;
}

/** Fills by the non-zero rule: the winding number to the right of every edge that passes a row of modules. */
function filled(outline: Outline, size: number): number[] {
  const winding = new Array<number>(size * size).fill(0);
  for (const { x, from, to } of verticalEdges(outline)) {
    for (let row = Math.min(from, to); row < Math.max(from, to); row += 1) {
      for (let column = x; column < size; column += 1) winding[row * size + column]! += to > from ? -1 : 1;
    }
  }
  return winding;
}

function symbolOf(bits: readonly number[], size: number): QrSymbol {
  return { size, version: 1, level: 'Q', modules: Uint8Array.from(bits) };
}

describe('outlineOf', () => {
  it('covers exactly the dark modules of real codes, each once', () => {
    for (let n = 0; n < 30; n += 1) {
      const symbol = drawSymbol(makePayload(n));
      expect(filled(outlineOf(symbol), symbol.size)).toEqual(Array.from(symbol.modules));
    }
  });

  it('covers exactly the dark modules of any picture', () => {
    const picture = fc
      .integer({ min: 1, max: 9 })
      .chain((size) =>
        fc.tuple(
          fc.constant(size),
          fc.array(fc.constantFrom(0, 1), { minLength: size * size, maxLength: size * size }),
        ),
      );
    fc.assert(
      fc.property(picture, ([size, bits]) => {
        expect(filled(outlineOf(symbolOf(bits, size)), size)).toEqual(bits);
      }),
      { seed: 40, numRuns: 400 },
    );
  });

  it.each([
    ['nothing', [0], 1, []],
    ['one module', [1], 1, [0, 0, 1, 1, -1, 0]],
    ['two in a row are one shape', [1, 1, 0, 0], 2, [0, 0, 2, 1, -2, 0]],
    ['two over a corner are two', [1, 0, 0, 1], 2, [0, 0, 1, 1, -1, 0, 1, 1, 1, 1, -1, 0]],
    ['a hole', [1, 1, 1, 1, 0, 1, 1, 1, 1], 3, [0, 0, 3, 3, -3, 0, 1, 2, 1, -1, -1, 0]],
  ] as const)('%s', (_name, bits, size, outline) => {
    expect(Array.from(outlineOf(symbolOf(bits, size)))).toEqual(outline);
  });
});
