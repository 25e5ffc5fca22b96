/** Where cards lie on a page; millimetres, from the upper left corner. */
export interface SheetLayout {
  readonly page: { readonly width: number; readonly height: number };
  /** Printed size of a card in relation to {@link CARD}. */
  readonly scale: number;
  /** Upper left corners of the cards in stall order: along the row, then down. */
  readonly slots: readonly { readonly x: number; readonly y: number }[];
  /** Whether the cards have to be cut out. */
  readonly cut: boolean;
}

/** The card as it is drawn; A6 is the same card enlarged. */
export const CARD = { width: 71, height: 101 } as const;

const MM_PER_INCH = 25.4;
const POINTS_PER_INCH = 72;

/** PDF points of a length in millimetres. */
export function points(mm: number): number {
  return (mm * POINTS_PER_INCH) / MM_PER_INCH;
}

/** A4 across, four by two cards edge to edge: one cut serves both neighbours. */
export const A4_SHEET: SheetLayout = gridLayout({ width: 297, height: 210 }, 4, 2);

/** One card that fills A6, for the stand on the table. */
export const A6_CARD: SheetLayout = singleLayout({ width: 105, height: 148 });

function gridLayout(page: SheetLayout['page'], columns: number, rows: number): SheetLayout {
  const left = (page.width - columns * CARD.width) / 2;
  const top = (page.height - rows * CARD.height) / 2;
  const slots = Array.from({ length: columns * rows }, (_, index) => ({
    x: left + (index % columns) * CARD.width,
    y: top + Math.floor(index / columns) * CARD.height,
  }));
  return { page, scale: 1, slots, cut: true };
}

function singleLayout(page: SheetLayout['page']): SheetLayout {
  const scale = Math.min(page.width / CARD.width, page.height / CARD.height);
  const slot = { x: (page.width - CARD.width * scale) / 2, y: (page.height - CARD.height * scale) / 2 };
  return { page, scale, slots: [slot], cut: false };
}

/** A straight cut: across the whole page, at the edge of cards on one or both sides. */
export interface CutLine {
  readonly along: 'x' | 'y';
  /** Distance from the left (`along: 'y'`) or upper (`along: 'x'`) edge of the page. */
  readonly at: number;
}

/** Every edge of the cards once, derived from the slots themselves so that marks and cards cannot drift apart. */
export function cutLines(layout: SheetLayout): CutLine[] {
  if (!layout.cut) return [];
  const [width, height] = [CARD.width * layout.scale, CARD.height * layout.scale];
  const xs = distinct(layout.slots.flatMap((slot) => [slot.x, slot.x + width]));
  const ys = distinct(layout.slots.flatMap((slot) => [slot.y, slot.y + height]));
  return [...xs.map((at) => ({ along: 'y' as const, at })), ...ys.map((at) => ({ along: 'x' as const, at }))];
}

/** The box in which all cards of the page lie. */
export function cardsBox(layout: SheetLayout): { left: number; top: number; right: number; bottom: number } {
  const [xs, ys] = [layout.slots.map((slot) => slot.x), layout.slots.map((slot) => slot.y)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs) + CARD.width * layout.scale,
    bottom: Math.max(...ys) + CARD.height * layout.scale,
  };
}

/** Sums of the same lengths differ in the last bits; a hundredth of a millimetre is one line. */
function distinct(values: readonly number[]): number[] {
  return [...new Set(values.map((value) => Math.round(value * 100) / 100))].sort((one, other) => one - other);
}
