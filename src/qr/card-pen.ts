import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { printableText } from './card-face';
import { ModuleTooSmall } from './drawing.errors';
import { pathText, type PathPen } from './path-text';
import { points } from './sheet-layout';
import { drawSymbol, QUIET_ZONE, type QrLevel, type QrSymbol } from './symbol';
import { outlineOf, type Outline } from './symbol-outline';
import { fitText, type FittedText, type TextRoom } from './text-fit';

export type Weight = 'regular' | 'semibold' | 'bold';

/** Below this a phone of a few years ago does not read the code from a hand's distance (vietqr.md §4). */
export const LEAST_MODULE_MM = 0.5;

/** A colour as PDF operators for filling and for lines; black and grey are of one ink, DeviceGray. */
export interface Ink {
  readonly fill: string;
  readonly line: string;
}

const grey = (level: number): Ink => ({ fill: `${level} g`, line: `${level} G` });
const rgb = (red: number, green: number, blue: number): Ink => ({
  fill: `${red} ${green} ${blue} rg`,
  line: `${red} ${green} ${blue} RG`,
});

/** Deep green for what the register says of itself, black for what a payer must compare, grey for the small print. */
export const INK = {
  green: rgb(0.043, 0.353, 0.227),
  black: grey(0.04),
  grey: grey(0.3),
  rule: grey(0.72),
  amber: rgb(0.957, 0.769, 0.188),
  white: grey(1),
};

const FONT_FILES: Record<Weight, string> = {
  regular: '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  semibold: '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf',
  bold: '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
};
const fontBytes = new Map<Weight, Buffer>();

function fontOf(weight: Weight): Buffer {
  const bytes = fontBytes.get(weight) ?? readFileSync(require.resolve(FONT_FILES[weight]));
  fontBytes.set(weight, bytes);
  return bytes;
}

export interface TextStyle {
  readonly weight: Weight;
  readonly ink: Ink;
  readonly align?: 'left' | 'right' | 'center';
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A square for a code and its quiet zone. */
export interface CodeBox {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** The first level whose modules are large enough is taken. */
  readonly levels: readonly QrLevel[];
}

/** Draws on a pdfkit page in millimetres from the upper left corner, scaled and moved by {@link at}. */
export class CardPen {
  private origin = { x: 0, y: 0, scale: 1 };
  private codes: string[] = [];

  constructor(private readonly doc: PDFKit.PDFDocument) {
    for (const weight of Object.keys(FONT_FILES) as Weight[]) doc.registerFont(weight, fontOf(weight));
  }

  /** Lets `draw` work in coordinates whose origin lies at x, y and whose millimetre is `scale` real ones. */
  at(x: number, y: number, scale: number, draw: () => void): void {
    this.origin = { x, y, scale };
    this.doc.save();
    this.doc.transform(points(scale), 0, 0, points(scale), points(x), points(y));
    draw();
    this.doc.restore();
  }

  /** Cleans the text and finds size and lines; nothing is drawn. */
  fit(raw: string, weight: Weight, room: TextRoom): FittedText {
    this.doc.font(weight, 1);
    return fitText(printableText(raw), room, (text) => this.doc.widthOfString(text));
  }

  /** One line on a baseline; x is the left edge, the middle or the right edge, by `align`. */
  line(text: string, x: number, baseline: number, size: number, style: TextStyle): void {
    this.doc.font(style.weight, size);
    const width = style.align && style.align !== 'left' ? this.doc.widthOfString(text) : 0;
    const left = style.align === 'right' ? x - width : style.align === 'center' ? x - width / 2 : x;
    this.doc.addContent(style.ink.fill);
    this.doc.text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }

  /** A small line that reads upwards from x, y. */
  sideways(raw: string, x: number, y: number, width: number, size: number): void {
    const fitted = this.fit(raw, 'regular', { width, lines: 1, size, least: size * 0.8 });
    this.doc.save();
    this.doc.transform(0, -1, 1, 0, x, y);
    this.line(fitted.lines[0] ?? '', 0, 0, fitted.size, { weight: 'regular', ink: INK.grey });
    this.doc.restore();
  }

  rect(x: number, y: number, width: number, height: number, ink: Ink, radius = 0): void {
    this.doc.addContent(ink.fill);
    if (radius === 0) this.doc.rect(x, y, width, height).fill();
    else this.doc.roundedRect(x, y, width, height, radius).fill();
  }

  rule(from: Point, to: Point, thickness: number, ink: Ink): void {
    this.doc.addContent(ink.line);
    this.doc.lineWidth(thickness).moveTo(from.x, from.y).lineTo(to.x, to.y).stroke();
  }

  dottedRule(from: Point, to: Point, thickness: number, ink: Ink, step: number): void {
    this.doc.dash(step, { space: step });
    this.rule(from, to, thickness, ink);
    this.doc.undash();
  }

  /**
   * A code as one filled outline in pure black (DeviceGray, so that a press prints it with one ink); it appears with
   * {@link endPage}.
   *
   * @throws PayloadNotDrawable, ModuleTooSmall
   */
  code(text: string, box: CodeBox): void {
    const { x, y, scale } = this.origin;
    const { symbol, module } = this.largestModules(text, box);
    const [left, top] = [box.x + QUIET_ZONE * module, box.y + QUIET_ZONE * module];
    const size = points(module * scale).toFixed(5);
    const place = `${points(x + left * scale).toFixed(3)} ${points(y + top * scale).toFixed(3)}`;
    this.codes.push(`q ${size} 0 0 ${size} ${place} cm\n${pathText((pen) => drawPath(pen, outlineOf(symbol)))}f Q\n`);
  }

  /**
   * Puts the codes on the page, as one form of their own: their outlines are half of all bytes, and zlib at level 4
   * packs them in a quarter of the time of pdfkit's level 6.
   */
  endPage(): void {
    const { page } = this.doc;
    const form = this.doc.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, page.width, page.height],
      Filter: 'FlateDecode',
    });
    form.end(deflateSync(`0 g\n${this.codes.join('')}`, { level: 4 }));
    (page.xobjects as Record<string, PDFKit.PDFKitReference>).Codes = form;
    this.doc.addContent('/Codes Do');
    this.codes = [];
  }

  private largestModules(text: string, box: CodeBox): { symbol: QrSymbol; module: number } {
    let widest = 0;
    for (const level of box.levels) {
      const symbol = drawSymbol(text, level);
      const module = box.side / (symbol.size + 2 * QUIET_ZONE);
      if (module * this.origin.scale >= LEAST_MODULE_MM) return { symbol, module };
      widest = Math.max(widest, module * this.origin.scale);
    }
    throw new ModuleTooSmall(widest, LEAST_MODULE_MM);
  }
}

const [SPACE, LINE_FEED] = [0x20, 0x0a];
/** PDF path operators: m, l, h. */
const [MOVE, LINE, CLOSE] = [0x6d, 0x6c, 0x68];

/** An outline as PDF path operators in module units. */
function drawPath(pen: PathPen, outline: Outline): void {
  for (let i = 0; i < outline.length; i += 2) {
    let [x, y] = [outline[i] as number, outline[i + 1] as number];
    putVertex(pen, x, y, MOVE);
    putVertex(pen, (x += outline[i + 2] as number), y, LINE);
    for (i += 3; outline[i] !== 0; i += 2) {
      putVertex(pen, x, (y += outline[i] as number), LINE);
      putVertex(pen, (x += outline[i + 1] as number), y, LINE);
    }
    pen.sign(CLOSE);
    pen.sign(LINE_FEED);
    i -= 1;
  }
}

function putVertex(pen: PathPen, x: number, y: number, operator: number): void {
  pen.number(x);
  pen.sign(SPACE);
  pen.number(y);
  pen.sign(SPACE);
  pen.sign(operator);
  pen.sign(LINE_FEED);
}
