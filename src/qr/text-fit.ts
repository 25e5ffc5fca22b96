/** Width of a text at font size 1. */
export type Measure = (text: string) => number;

/** The room for a text; lengths in the same unit as the font sizes. */
export interface TextRoom {
  readonly width: number;
  readonly lines: 1 | 2;
  /** The size to start from and the smallest that can still be read. */
  readonly size: number;
  readonly least: number;
  /** The largest size at which two lines have the height for them; `size` when absent. */
  readonly sizeOfTwo?: number;
}

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
}

const ELLIPSIS = '…';
/** Rather two lines than letters below this share of the wanted size. */
const WRAP_BELOW = 0.8;

/**
 * Sets a text into its room: shrinks a little, then breaks between words into two even lines, then shrinks to the
 * least size; only what still does not fit ends in an ellipsis. Never wider than the room.
 */
export function fitText(text: string, room: TextRoom, measure: Measure): FittedText {
  if (text === '') return { size: room.size, lines: [] };
  const single = Math.min(room.size, room.width / measure(text));
  if (room.lines === 2 && single < room.size * WRAP_BELOW) {
    const split = evenSplit(text, measure);
    const double = split ? Math.min(room.sizeOfTwo ?? room.size, room.width / split.width) : 0;
    if (split && double > single && double >= room.least) return { size: double, lines: split.lines };
  }
  if (single >= room.least) return { size: single, lines: [text] };
  return { size: room.least, lines: shorten(text, room, measure) };
}

/** The break between words that leaves the narrower longest line; `null` for a single word. */
function evenSplit(text: string, measure: Measure): { lines: [string, string]; width: number } | null {
  let best: { lines: [string, string]; width: number } | null = null;
  for (let at = text.indexOf(' '); at > 0; at = text.indexOf(' ', at + 1)) {
    const lines: [string, string] = [text.slice(0, at), text.slice(at + 1)];
    const width = Math.max(measure(lines[0]), measure(lines[1]));
    if (best === null || width < best.width) best = { lines, width };
  }
  return best;
}

/** Fills the lines at the least size; the last one ends in an ellipsis. */
function shorten(text: string, room: TextRoom, measure: Measure): string[] {
  const width = room.width / room.least;
  if (room.lines === 1) return [cutTo(text, width, measure)];
  const first = wordsThatFit(text, width, measure);
  if (first === '') return [cutTo(text, width, measure)];
  return [first, cutTo(text.slice(first.length + 1), width, measure)];
}

function wordsThatFit(text: string, width: number, measure: Measure): string {
  let fitting = '';
  for (let at = text.indexOf(' '); at > 0; at = text.indexOf(' ', at + 1)) {
    if (measure(text.slice(0, at)) > width) break;
    fitting = text.slice(0, at);
  }
  return fitting;
}

/** The longest beginning that leaves room for the ellipsis. The text is NFC without signs beyond the BMP. */
function cutTo(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(text.slice(0, middle).trimEnd() + ELLIPSIS) <= width) fits = middle;
    else tooLong = middle;
  }
  return text.slice(0, fits).trimEnd() + ELLIPSIS;
}
