import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { printableText, type CardFace } from './card-face';
import { drawCard } from './card-drawing';
import { CardPen, INK } from './card-pen';
import { cardsBox, cutLines, points, type SheetLayout } from './sheet-layout';

export interface CardPdfOptions {
  /** Shown in the reader's title bar. */
  readonly title: string;
  /** From `Clock`; with the same cards it makes the same bytes. */
  readonly createdAt: Date;
}

export interface CardPdfSummary {
  readonly cards: number;
  readonly pages: number;
}

const AUTHOR = 'Chợ 4.0';
const MARK = { gap: 0.8, length: 3 } as const;

/**
 * Writes cards in the order given (the caller's: stall order) as one PDF to `out` and ends it. Pages leave memory as
 * they are finished, so the footprint does not grow with the market; fonts are subset at the end. When anything fails
 * `out` is destroyed.
 *
 * @throws PayloadNotDrawable, ModuleTooSmall, RangeError without any card; whatever `out` or `cards` fails with.
 */
export async function writeCardPdf(
  cards: Iterable<CardFace> | AsyncIterable<CardFace>,
  layout: SheetLayout,
  options: CardPdfOptions,
  out: Writable,
): Promise<CardPdfSummary> {
  const written = finished(out);
  const broken = written.then(() => Promise.reject(new Error('the output ended before the document')));
  const doc = openDocument(options);
  doc.pipe(out);
  try {
    const summary = await Promise.race([drawPages(doc, cards, layout, out), broken]);
    doc.end();
    await written;
    return summary;
  } catch (error) {
    out.destroy();
    throw error;
  }
}

function openDocument(options: CardPdfOptions): PDFKit.PDFDocument {
  const title = printableText(options.title);
  return new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Author: AUTHOR, Creator: AUTHOR, Producer: AUTHOR, CreationDate: options.createdAt },
  });
}

async function drawPages(
  doc: PDFKit.PDFDocument,
  cards: Iterable<CardFace> | AsyncIterable<CardFace>,
  layout: SheetLayout,
  out: Writable,
) {
  const pen = new CardPen(doc);
  let [count, pages] = [0, 0];
  for await (const group of inGroups(cards, layout.slots.length)) {
    doc.addPage({ size: [points(layout.page.width), points(layout.page.height)], margin: 0 });
    pages += 1;
    count += group.length;
    drawPage(pen, group, layout, pages);
    if (out.destroyed) break;
    if (out.writableNeedDrain) await once(out, 'drain');
    else await nextTurn();
  }
  if (pages === 0) throw new RangeError('a sheet needs at least one card');
  return { cards: count, pages };
}

async function* inGroups(
  cards: Iterable<CardFace> | AsyncIterable<CardFace>,
  size: number,
): AsyncGenerator<CardFace[]> {
  let group: CardFace[] = [];
  for await (const card of cards) {
    group.push(card);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function drawPage(pen: CardPen, cards: readonly CardFace[], layout: SheetLayout, page: number): void {
  pen.at(0, 0, 1, () => {
    drawCutMarks(pen, layout);
    if (layout.cut) drawSlug(pen, cards, layout, page);
  });
  cards.forEach((card, i) => {
    const slot = layout.slots[i];
    if (slot) pen.at(slot.x, slot.y, layout.scale, () => drawCard(pen, card));
  });
  pen.endPage();
}

/** Ticks outside the cards at every edge, and a faint dotted line along it for scissors. */
function drawCutMarks(pen: CardPen, layout: SheetLayout): void {
  const box = cardsBox(layout);
  for (const { along, at } of cutLines(layout)) {
    const point = (other: number) => (along === 'y' ? { x: at, y: other } : { x: other, y: at });
    const [from, to] = along === 'y' ? [box.top, box.bottom] : [box.left, box.right];
    pen.dottedRule(point(from), point(to), 0.08, INK.rule, 0.7);
    pen.rule(point(from - MARK.gap - MARK.length), point(from - MARK.gap), 0.12, INK.black);
    pen.rule(point(to + MARK.gap), point(to + MARK.gap + MARK.length), 0.12, INK.black);
  }
}

/** Market, page and stalls in the margin, for whoever cuts and sorts. */
function drawSlug(pen: CardPen, cards: readonly CardFace[], layout: SheetLayout, page: number): void {
  const [first, last] = [cards[0], cards.at(-1)];
  if (!first || !last) return;
  const text = `${first.marketName} · trang ${page} · ${first.stallNumber} – ${last.stallNumber}`;
  const box = cardsBox(layout);
  pen.sideways(text, box.left - 1.4, box.bottom - 3, 60, 2);
}
