import { dayText, type CardFace } from './card-face';
import { INK, type CardPen, type CodeBox, type TextStyle } from './card-pen';
import { CARD } from './sheet-layout';

/** Margin to the cut; text and ink keep it, the light quiet zones of the codes may come nearer. */
const EDGE = 4.5;
const RIGHT = CARD.width - EDGE;
const INNER = CARD.width - 2 * EDGE;

/** Baselines of the head, from the upper edge; all columns sit on them. */
const HEAD = { upper: 6.4, main: 9.5, lower: 13.1 } as const;
/** Last baseline of the small print, and lower edge of the small code's dark modules. */
const FOOT = 96.4;

/** The large code with its quiet zone: 1.16 mm per module at version 6-Q on the sheet, 1.7 mm on A6. */
export const PAYMENT_CODE: CodeBox = { x: 7, y: 13.6, side: 57, levels: ['Q'] };
/**
 * The small code: up to version 4 at 0.5 mm per module, a long address with less error correction. Its dark modules
 * end at the margins.
 */
export const VERIFY_CODE: CodeBox = { x: RIGHT + 2.2 - 20.6, y: FOOT + 2.2 - 20.6, side: 20.6, levels: ['M', 'L'] };
/** The column to the left of the small code. */
const COLUMN = VERIFY_CODE.x - EDGE;

const NAME: TextStyle = { weight: 'bold', ink: INK.black };
const SMALL: TextStyle = { weight: 'regular', ink: INK.grey };
const GREEN: TextStyle = { weight: 'semibold', ink: INK.green };

/** Draws one card at the pen's origin, in the millimetres of {@link CARD}. */
export function drawCard(pen: CardPen, card: CardFace): void {
  if (card.demo) drawDemoMark(pen);
  else pen.rect(EDGE, 1.9, INNER, 0.8, INK.green);
  drawMarket(pen, card);
  drawStall(pen, card);
  pen.code(card.payload, PAYMENT_CODE);
  drawRecipient(pen, card);
  drawAdvice(pen);
  drawSmallPrint(pen, card);
  drawVerifyCode(pen, card.verifyUrl);
}

function drawMarket(pen: CardPen, card: CardFace): void {
  const market = pen.fit(card.marketName, 'semibold', { width: 33, lines: 2, size: 4, sizeOfTwo: 2.9, least: 2.1 });
  drawUpwards(pen, market.lines, EDGE, market.size, GREEN);
  if (!card.zone) return;
  const zone = pen.fit(card.zone, 'regular', { width: 42, lines: 1, size: 2.2, least: 1.8 });
  pen.line(zone.lines[0] ?? '', EDGE, HEAD.lower, zone.size, SMALL);
}

/** The number as painted, the largest word on the card: the eye finds the stall before the code. */
function drawStall(pen: CardPen, card: CardFace): void {
  const stall = pen.fit(card.stallNumber, 'bold', { width: 27, lines: 2, size: 6.6, sizeOfTwo: 3, least: 2.2 });
  drawUpwards(pen, stall.lines, RIGHT, stall.size, { ...NAME, align: 'right' });
  pen.line(card.stallCode, RIGHT, HEAD.lower, 2.2, { ...SMALL, align: 'right' });
}

/** One line on the main baseline of the head, or two of which the second stands there. */
function drawUpwards(pen: CardPen, lines: readonly string[], x: number, size: number, style: TextStyle): void {
  const baselines = lines.length === 1 ? [HEAD.main] : [HEAD.upper, HEAD.main];
  lines.forEach((line, i) => pen.line(line, x, baselines[i] ?? HEAD.main, size, style));
}

/** What the payer compares with the banking app: holder, bank, end of the account. */
function drawRecipient(pen: CardPen, card: CardFace): void {
  const holder = pen.fit(card.holderName, 'bold', { width: INNER, lines: 2, size: 4.8, sizeOfTwo: 2.9, least: 2.1 });
  const baselines = holder.lines.length === 1 ? [75] : [72.8, 75.8];
  holder.lines.forEach((line, i) => pen.line(line, EDGE, baselines[i] ?? 75, holder.size, NAME));
  const account = `${card.bankName}  ${card.accountMasked}`;
  const bank = pen.fit(account, 'semibold', { width: COLUMN, lines: 1, size: 3.4, least: 2 });
  pen.line(bank.lines[0] ?? '', EDGE, 79.8, bank.size, GREEN);
}

/** White on green in two lines, also plain on a grey printer. */
function drawAdvice(pen: CardPen): void {
  pen.rect(EDGE, 81.3, COLUMN - 1, 7.2, INK.green, 0.8);
  const style: TextStyle = { weight: 'semibold', ink: INK.white };
  pen.line('Kiểm tra tên người nhận', EDGE + 2, 84.3, 2.6, style);
  pen.line('trước khi chuyển', EDGE + 2, 87.3, 2.6, style);
}

/** Who is registered, which card this is, where it can be checked. */
function drawSmallPrint(pen: CardPen, card: CardFace): void {
  const room = { width: COLUMN - 1, lines: 1, size: 2.1, least: 1.5 } as const;
  const texts = [
    pen.fit(card.vendorName, 'regular', { ...room, lines: 2, sizeOfTwo: 1.8, least: 1.6 }),
    pen.fit(`Thẻ ${card.serial} · lần cấp ${card.issueNumber} · ${dayText(card.issuedDay)}`, 'regular', room),
    pen.fit(card.verifyUrl.replace(/^https?:\/\//i, ''), 'regular', room),
  ];
  const size = Math.min(...texts.map((fitted) => fitted.size));
  const lines = texts.flatMap((fitted) => fitted.lines);
  const step = lines.length > 3 ? 2.05 : 2.55;
  lines.forEach((line, i) => pen.line(line, EDGE, FOOT - (lines.length - 1 - i) * step, size, SMALL));
}

function drawVerifyCode(pen: CardPen, url: string): void {
  pen.line('Tra cứu thẻ', RIGHT, VERIFY_CODE.y - 0.2, 2.1, { ...SMALL, align: 'right' });
  pen.code(url, VERIFY_CODE);
}

function drawDemoMark(pen: CardPen): void {
  pen.rect(EDGE, 0.8, INNER, 2.3, INK.amber);
  pen.line('DỮ LIỆU DEMO / demo data', CARD.width / 2, 2.6, 1.8, { weight: 'bold', ink: INK.black, align: 'center' });
}
