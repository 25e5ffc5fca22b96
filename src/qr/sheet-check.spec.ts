import { Writable } from 'node:stream';
import { deflateSync, inflateSync } from 'node:zlib';
import { makeCardFace, makePayload } from '../../test/factories/card-face.factory';
import type { CardFace } from './card-face';
import { writeCardPdf } from './card-pdf';
import { SheetCheckFailed } from './drawing.errors';
import { checkSheet } from './sheet-check';
import { A4_SHEET, A6_CARD, type SheetLayout } from './sheet-layout';

async function pdfOf(cards: Iterable<CardFace>, layout: SheetLayout = A4_SHEET): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writeCardPdf(cards, layout, { title: 'Thẻ QR', createdAt: new Date(0) }, out);
  return Buffer.concat(chunks);
}

const cards = Array.from({ length: 45 }, (_, n) => makeCardFace(n));

/** Cards as printed when the n-th differs from what was issued. */
const printedWith = (n: number, change: Partial<CardFace>) =>
  cards.map((card, i) => (i === n ? { ...card, ...change } : card));

/** The PDF with the codes of its first page edited; the length of the stream is kept, so the file stays whole. */
function editCodes(pdf: Buffer, edit: (codes: string[]) => string[]): Buffer {
  const at = pdf.indexOf('stream\n', pdf.indexOf('/Subtype /Form')) + 'stream\n'.length;
  const end = pdf.indexOf('\nendstream', at);
  const codes = inflateSync(pdf.subarray(at, end))
    .toString('latin1')
    .split(/(?<=f Q\n)/);
  const packed = deflateSync(edit(codes).join(''), { level: 9 });
  const edited = Buffer.from(pdf);
  edited.fill(0, at, end);
  edited.set(packed, at);
  return edited;
}

async function failure(pdf: Uint8Array, expected: readonly CardFace[]): Promise<unknown> {
  return checkSheet(pdf, expected, A4_SHEET).catch((error: unknown) => error);
}

describe('checkSheet', () => {
  it('releases a sheet on which every code is right', async () => {
    expect(await checkSheet(await pdfOf(cards), cards, A4_SHEET)).toEqual({ pages: 6, codes: 90 });
  });

  it('releases single cards', async () => {
    const few = cards.slice(0, 3);
    expect(await checkSheet(await pdfOf(few, A6_CARD), few, A6_CARD)).toEqual({ pages: 3, codes: 6 });
  });

  it.each([
    ['another account', 10, { payload: makePayload(999) }, 2],
    ['the code of a neighbour', 43, { payload: makePayload(42) }, 6],
    ['the verify address of another card', 0, { verifyUrl: makeCardFace(1).verifyUrl }, 1],
  ] as const)('stops %s', async (_name, n, change, page) => {
    const error = await failure(await pdfOf(printedWith(n, change)), cards);
    expect(error).toBeInstanceOf(SheetCheckFailed);
    expect(error).toMatchObject({ code: 'sheet_check_failed', fault: 'different', page, stall: cards[n]?.stallNumber });
  });

  it('stops two cards in each other’s place', async () => {
    const swapped = [...cards];
    [swapped[20], swapped[21]] = [cards[21] as CardFace, cards[20] as CardFace];
    expect(await failure(await pdfOf(swapped), cards)).toMatchObject({ fault: 'different', page: 3, stall: 'Ô 21A' });
  });

  it('stops a file whose codes were changed after printing', async () => {
    const pdf = await pdfOf(cards.slice(0, 8));
    const edits: [string, (codes: string[]) => string[], object][] = [
      ['nothing', (codes) => codes, { pages: 1, codes: 16 }],
      ['third card without its code', (codes) => codes.filter((_, i) => i !== 4), { fault: 'missing', stall: 'Ô 3A' }],
      ['last card without its small code', (codes) => codes.slice(0, -1), { fault: 'missing', stall: 'Ô 8A' }],
    ];
    for (const [, edit, expected] of edits) {
      expect(
        await checkSheet(editCodes(pdf, edit), cards.slice(0, 8), A4_SHEET).catch((error: unknown) => error),
      ).toMatchObject(expected);
    }
  });

  it('stops a code where none belongs', async () => {
    const few = cards.slice(0, 7);
    const pdf = editCodes(await pdfOf(few), (codes) => [...codes, inTheEmptySlot(codes[1] ?? '')]);
    expect(await failure(pdf, few)).toMatchObject({ fault: 'unexpected', page: 1, stall: null });
  });

  it.each([
    ['too few pages', 40, 45, 'page_count'],
    ['too many pages', 45, 40, 'page_count'],
    ['a card too few on a page', 44, 45, 'missing'],
    ['a card too many on a page', 45, 44, 'unexpected'],
  ])('stops %s', async (_name, printed, expected, fault) => {
    expect(await failure(await pdfOf(cards.slice(0, printed)), cards.slice(0, expected))).toMatchObject({ fault });
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['no PDF', Buffer.from('<html>')],
  ])('stops a file that is %s', async (_name, file) => {
    expect(await failure(file, cards)).toMatchObject({ code: 'sheet_check_failed', fault: 'unreadable_file' });
  });

  it('says in both languages where to look', async () => {
    const error = new SheetCheckFailed('missing', 12, 'Ô 7B');
    expect(error.text.vi).toBe('Tờ in chưa được phát hành (trang 12, điểm Ô 7B): không đọc được mã.');
    expect(error.text.en).toBe('The sheet is not released (page 12, stall Ô 7B): its code cannot be read.');
  });
});

/** The small code of the first card once more, moved three cards to the right and one down, in modules. */
function inTheEmptySlot(code: string): string {
  return code.replace(/cm\n/, 'cm\n1 0 0 1 382 181 cm\n');
}
