import { PAYMENT_CODE, VERIFY_CODE } from './card-drawing';
import type { CardFace } from './card-face';
import type { CodeBox } from './card-pen';
import { readCodes, type FoundCode } from './code-reader';
import { SheetCheckFailed } from './drawing.errors';
import { PdfUnreadable, rasterPages } from './pdf-raster';
import type { SheetLayout } from './sheet-layout';

/** What one card must show. */
export type SheetEntry = Pick<CardFace, 'stallNumber' | 'payload' | 'verifyUrl'>;

export interface SheetCheck {
  readonly pages: number;
  /** Codes decoded and found equal: two on every card. */
  readonly codes: number;
}

/** Three pixels for the smallest module we print. */
const DPI = 150;
const MM_PER_PIXEL = 25.4 / DPI;

/**
 * Decodes every code of a finished PDF as a phone would and compares each with what was issued for the card that
 * lies there: a sheet that is not right in every place is not released (vietqr.md §4).
 *
 * @param report told how many cards have been checked, after every page; what it throws ends the check
 * @throws SheetCheckFailed naming page and stall.
 */
export async function checkSheet(
  pdf: Uint8Array,
  cards: readonly SheetEntry[],
  layout: SheetLayout,
  report: (cards: number) => Promise<void> = async () => undefined,
): Promise<SheetCheck> {
  const perPage = layout.slots.length;
  let page = 0;
  for await (const picture of pagesOf(pdf, layout)) {
    const expected = cards.slice(page * perPage, (page + 1) * perPage);
    page += 1;
    if (expected.length === 0) throw new SheetCheckFailed('page_count', page, null);
    const found = (await readCodes(picture)).map(({ text, x, y }) => ({
      text,
      x: x * MM_PER_PIXEL,
      y: y * MM_PER_PIXEL,
    }));
    checkPage(found, expected, layout, page);
    await report(Math.min(page * perPage, cards.length));
  }
  if (page !== Math.ceil(cards.length / perPage)) throw new SheetCheckFailed('page_count', page, null);
  return { pages: page, codes: cards.length * 2 };
}

async function* pagesOf(pdf: Uint8Array, layout: SheetLayout) {
  try {
    yield* rasterPages(pdf, layout.page, DPI);
  } catch (error) {
    if (error instanceof PdfUnreadable) throw new SheetCheckFailed('unreadable_file', null, null);
    throw error;
  }
}

function checkPage(
  found: readonly FoundCode[],
  expected: readonly SheetEntry[],
  layout: SheetLayout,
  page: number,
): void {
  const rest = new Set(found);
  expected.forEach((card, i) => {
    for (const [box, text] of [[PAYMENT_CODE, card.payload] as const, [VERIFY_CODE, card.verifyUrl] as const]) {
      const inside = [...rest].filter((code) => liesIn(code, box, layout, i));
      inside.forEach((code) => rest.delete(code));
      if (inside.length === 0) throw new SheetCheckFailed('missing', page, card.stallNumber);
      if (inside.some((code) => code.text !== text)) throw new SheetCheckFailed('different', page, card.stallNumber);
    }
  });
  if (rest.size > 0) throw new SheetCheckFailed('unexpected', page, null);
}

function liesIn(code: FoundCode, box: CodeBox, layout: SheetLayout, slotIndex: number): boolean {
  const slot = layout.slots[slotIndex];
  if (!slot) return false;
  const [x, y] = [(code.x - slot.x) / layout.scale - box.x, (code.y - slot.y) / layout.scale - box.y];
  return x > 0 && x < box.side && y > 0 && y < box.side;
}
