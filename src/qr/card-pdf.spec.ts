import { Writable } from 'node:stream';
import { inflateSync } from 'node:zlib';
import { makeCardFace } from '../../test/factories/card-face.factory';
import { PAYMENT_CODE, VERIFY_CODE } from './card-drawing';
import type { CardFace } from './card-face';
import { writeCardPdf } from './card-pdf';
import { LEAST_MODULE_MM } from './card-pen';
import { ModuleTooSmall } from './drawing.errors';
import { pageTexts, rasterPages, type GreyPicture } from './pdf-raster';
import { A4_SHEET, A6_CARD, CARD, cutLines, points, type SheetLayout } from './sheet-layout';
import { drawSymbol, QUIET_ZONE } from './symbol';

const OPTIONS = { title: 'Thẻ QR – Chợ Bông Sen', createdAt: new Date('2026-10-10T03:00:00Z') };
const DPI = 150;

async function pdfOf(cards: Iterable<CardFace>, layout: SheetLayout = A4_SHEET): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writeCardPdf(cards, layout, OPTIONS, out);
  return Buffer.concat(chunks);
}

const cards = (count: number, change: Partial<CardFace> = {}) =>
  Array.from({ length: count }, (_, n) => makeCardFace(n, change));

async function firstPage(pdf: Buffer, layout: SheetLayout): Promise<GreyPicture> {
  for await (const picture of rasterPages(pdf, layout.page, DPI)) return picture;
  throw new Error('no page');
}

/** The darkest pixel of a rectangle in millimetres of the page. */
function darkest({ data, width }: GreyPicture, x: number, y: number, w: number, h: number): number {
  const pixel = (mm: number) => (mm * DPI) / 25.4;
  let least = 255;
  for (let row = Math.ceil(pixel(y)); row < Math.floor(pixel(y + h)); row += 1) {
    for (let column = Math.ceil(pixel(x)); column < Math.floor(pixel(x + w)); column += 1) {
      least = Math.min(least, data[row * width + column] ?? 0);
    }
  }
  return least;
}

const HOSTILE: readonly Partial<CardFace>[] = [
  { holderName: 'CONG TY TRACH NHIEM HUU HAN MOT THANH VIEN THUONG MAI DICH VU XUAT NHAP KHAU THUY HAI SAN' },
  { vendorName: 'Công ty TNHH MTV Thương mại Dịch vụ Xuất nhập khẩu Thủy hải sản Sóc Trăng', zone: null },
  { marketName: 'Chợ đầu mối nông sản thực phẩm Trần Đề – Sóc Trăng', stallNumber: 'Ki-ốt 12A – 13B dãy C' },
  {
    holderName: 'W'.repeat(10_000),
    marketName: 'M'.repeat(5_000),
    stallNumber: 'Ô'.repeat(900),
    serial: '9'.repeat(300),
  },
  { bankName: 'Ngân hàng '.repeat(40), vendorName: 'x'.repeat(900), zone: 'Khu '.repeat(80) },
  { holderName: '<script>alert(1)</script>', vendorName: '😀🐟 {{x}} =1+1', stallNumber: '‮A12 Ô' },
  { holderName: 'שלום عربى NGUYEN', marketName: '', stallNumber: ' ', vendorName: '\u0000' },
  { demo: true },
];

describe('a sheet of cards', () => {
  it('takes one page per eight cards, in the order given', async () => {
    const pages = await pageTexts(await pdfOf(cards(45)));
    expect(pages).toHaveLength(6);
    const printed = pages.join('\n').match(/Ô \d+A(?=[\s\S]{0,3}CHO)/g) ?? [];
    expect(printed).toEqual(cards(45).map((card) => card.stallNumber));
  });

  it('says everything a card must say, in Vietnamese letters with the right code points', async () => {
    const card = makeCardFace(3, {
      marketName: 'Chợ Bông Sen',
      vendorName: 'Hộ kinh doanh Huỳnh Thị Bích Ngọc',
      issueNumber: 2,
    });
    const text = (await pageTexts(await pdfOf([card], A6_CARD))).join('').replace(/\s+/g, ' ');
    const expected = [
      'Chợ Bông Sen',
      'Nhà lồng A',
      'Ô 4A',
      card.stallCode,
      'HUYNH THI BICH NGOC',
      `Sacombank ${card.accountMasked}`,
      'Kiểm tra tên người nhận',
      'trước khi chuyển',
      'Hộ kinh doanh Huỳnh Thị Bích Ngọc',
      'Thẻ 92-1000003 · lần cấp 2 · 10/10/2026',
      'Tra cứu thẻ',
      card.verifyUrl.replace('https://', ''),
    ];
    expect(expected.filter((part) => !text.includes(part))).toEqual([]);
    expect(text).toBe(text.normalize('NFC'));
    expect(text).not.toContain('demo');
  });

  it('marks demo data', async () => {
    expect((await pageTexts(await pdfOf(cards(1, { demo: true })))).join('')).toContain('DỮ LIỆU DEMO / demo data');
  });

  it('carries title and language, and is the same bytes for the same cards', async () => {
    const [one, other] = [await pdfOf(cards(3)), await pdfOf(cards(3))];
    expect(one.equals(other)).toBe(true);
    const title = Buffer.from(`\uFEFF${OPTIONS.title}`, 'utf16le').swap16();
    expect(one.includes(title)).toBe(true);
    expect(one.toString('latin1')).toMatch(/\/Lang \(vi\)/);
    expect(one.toString('latin1')).toContain('/DisplayDocTitle true');
  });

  it('has a tick at both ends of every cut line, on the line', async () => {
    const content = contents(await pdfOf(cards(8)));
    const ticks = [...content.matchAll(/0\.12 w\n([\d.]+) ([\d.]+) m\n([\d.]+) ([\d.]+) l\nS/g)].map((match) =>
      match.slice(1).map(Number),
    );
    const lines = cutLines(A4_SHEET);
    expect(ticks).toHaveLength(2 * lines.length);
    for (const { along, at } of lines) {
      const onLine = ticks.filter(([x1, y1, x2, y2]) =>
        along === 'y' ? x1 === at && x2 === at : y1 === at && y2 === at,
      );
      expect(onLine).toHaveLength(2);
    }
  });

  it('is scaled to real millimetres', async () => {
    expect(contents(await pdfOf(cards(1)))).toContain(`${points(1).toFixed(6)} 0 0 ${points(1).toFixed(6)} 0 0 cm`);
  });
});

describe('names from outside', () => {
  const layout = A4_SHEET;
  const hostile = HOSTILE.map((change, n) => makeCardFace(n, change));
  let picture: GreyPicture;
  beforeAll(async () => {
    picture = await firstPage(await pdfOf(hostile, layout), layout);
  });

  it.each(HOSTILE.map((_, n) => n))('stay inside card %i', (n) => {
    const { x, y } = layout.slots[n] ?? { x: 0, y: 0 };
    const edges = [
      darkest(picture, x + 0.6, y + 0.6, 3.6, CARD.height - 1.2),
      darkest(picture, x + CARD.width - 4.2, y + 4, 2, CARD.height - 5),
      darkest(picture, x + 0.6, y + CARD.height - 2.4, CARD.width - 1.2, 1.8),
    ];
    expect(edges).toEqual([255, 255, 255]);
  });

  it.each(HOSTILE.map((_, n) => n))('leave the quiet zones of card %i light', (n) => {
    const { x, y } = layout.slots[n] ?? { x: 0, y: 0 };
    const card = hostile[n] as CardFace;
    for (const [box, text] of [[PAYMENT_CODE, card.payload] as const, [VERIFY_CODE, card.verifyUrl] as const]) {
      const symbol = drawSymbol(text, box.levels[0]);
      const quiet = (box.side / (symbol.size + 2 * QUIET_ZONE)) * QUIET_ZONE - 0.25;
      const [left, top] = [x + box.x, y + box.y];
      expect(darkest(picture, left, top + 0.1, box.side, quiet - 0.1)).toBe(255);
      expect(darkest(picture, left, top + box.side - quiet, box.side, quiet)).toBe(255);
      expect(darkest(picture, left, top, quiet, box.side)).toBe(255);
      expect(darkest(picture, left + box.side - quiet, top, quiet - 0.3, box.side)).toBe(255);
    }
  });
});

describe('the size of modules', () => {
  it('is generous for a stall code', () => {
    const module = PAYMENT_CODE.side / (drawSymbol(makeCardFace().payload).size + 2 * QUIET_ZONE);
    expect(module).toBeGreaterThan(1.15);
    expect(module * A6_CARD.scale).toBeGreaterThan(1.69);
  });

  it('is never below the least', async () => {
    await expect(pdfOf(cards(1, { payload: 'x'.repeat(1_200) }))).rejects.toThrow(ModuleTooSmall);
  });

  it.each([
    ['version 3', 40],
    ['version 4', 60],
    ['version 4 with less error correction', 78],
  ])('allows addresses of %s', async (_name, length) => {
    await expect(pdfOf(cards(1, { verifyUrl: `https://${'a'.repeat(length - 8)}` }))).resolves.toBeInstanceOf(Buffer);
    expect(VERIFY_CODE.side / (33 + 2 * QUIET_ZONE)).toBeGreaterThan(LEAST_MODULE_MM);
  });
});

describe('the stream', () => {
  it('fails with the output', async () => {
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('ENOSPC')) });
    await expect(writeCardPdf(cards(40), A4_SHEET, OPTIONS, full)).rejects.toThrow('ENOSPC');
  });

  it('waits for a slow output instead of piling up pages', async () => {
    let waiting = 0;
    let most = 0;
    const slow = new Writable({
      highWaterMark: 1_024,
      write(chunk: Buffer, _encoding, done) {
        most = Math.max(most, (waiting += chunk.length));
        setImmediate(() => {
          waiting -= chunk.length;
          done();
        });
      },
    });
    await expect(writeCardPdf(cards(48), A4_SHEET, OPTIONS, slow)).resolves.toEqual({ cards: 48, pages: 6 });
    expect(most).toBeLessThan(200_000);
  });

  it('refuses to print nothing', async () => {
    await expect(pdfOf([])).rejects.toThrow(RangeError);
  });

  it('takes cards as they come from the database', async () => {
    async function* rows() {
      yield* cards(9);
    }
    const out = new Writable({ write: (_chunk, _encoding, done) => done() });
    await expect(writeCardPdf(rows(), A4_SHEET, OPTIONS, out)).resolves.toEqual({ cards: 9, pages: 2 });
  });
});

/** All streams of a PDF that unpack to text. */
function contents(pdf: Buffer): string {
  const parts: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    if (pdf[at + 7] === 0x78) parts.push(inflateSync(pdf.subarray(at + 7)).toString('latin1'));
  }
  return parts.join('\n');
}
