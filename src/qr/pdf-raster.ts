import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** A picture of one byte per pixel, 0 black to 255 white, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

const MM_PER_INCH = 25.4;
/** pdfium keeps every page it has opened until the document is closed: closing it now and then keeps memory flat. */
const PAGES_PER_OPENING = 16;

let library: Promise<Awaited<ReturnType<typeof PDFiumLibrary.init>>> | undefined;

/** The renderer from its package's own file: nothing is fetched. */
async function pdfium() {
  library ??= PDFiumLibrary.init({ wasmBinary: wasmOf(require.resolve('@hyzyla/pdfium/pdfium.wasm')) });
  return library;
}

function wasmOf(path: string): ArrayBuffer {
  const file = readFileSync(path);
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
}

/** A file that pdfium cannot open. */
export class PdfUnreadable extends Error {}

/**
 * Every page as a grey picture, one at a time; other work gets its turn between pages.
 *
 * @param size of the pages in millimetres; the pictures get exactly its pixels at `dpi`.
 * @throws PdfUnreadable
 */
export async function* rasterPages(pdf: Uint8Array, size: PageSize, dpi: number): AsyncGenerator<GreyPicture> {
  const pixels = (mm: number) => Math.round((mm * dpi) / MM_PER_INCH);
  for (let next = 0, count = 1; next < count;) {
    const document = await open(pdf);
    try {
      count = document.getPageCount();
      const end = Math.min(count, next + PAGES_PER_OPENING);
      for (; next < end; next += 1) {
        yield await document.getPage(next).render({
          colorSpace: 'Gray',
          scale: 1,
          width: pixels(size.width),
          height: pixels(size.height),
          render: ({ data }) => Promise.resolve(data),
        });
        await nextTurn();
      }
    } finally {
      document.destroy();
    }
  }
}

/**
 * The text of every page in drawing order.
 *
 * @throws PdfUnreadable
 */
export async function pageTexts(pdf: Uint8Array): Promise<string[]> {
  const document = await open(pdf);
  try {
    return Array.from(document.pages(), (page) => page.getText());
  } finally {
    document.destroy();
  }
}

async function open(pdf: Uint8Array) {
  const renderer = await pdfium();
  return renderer.loadDocument(pdf).catch((cause: unknown) => {
    throw new PdfUnreadable('pdfium cannot open the file', { cause });
  });
}
