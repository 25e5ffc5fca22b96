import { cleanText } from '../kernel/text';
import { pathText, type PathPen } from './path-text';
import { drawSymbol, QUIET_ZONE, type QrLevel } from './symbol';
import { outlineOf, type Outline } from './symbol-outline';

export interface QrSvgOptions {
  readonly level?: QrLevel;
  /** What the picture is, for people who cannot see it; text from the register, escaped here. */
  readonly title?: string;
  readonly description?: string;
}

const [MOVE, SPACE, HORIZONTAL, VERTICAL, CLOSE] = [0x4d, 0x20, 0x68, 0x76, 0x7a]; // M h v z
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What XML 1.0 forbids and `cleanText` leaves: lone surrogates and non-characters. */
const NOT_XML = /[\uD800-\uDFFF\uFFFE\uFFFF]/gu;

/**
 * A code as SVG: one unit per module, quiet zone included, all dark modules in one path, no script and no style.
 *
 * @throws PayloadNotDrawable
 */
export function qrSvg(payload: string, options: QrSvgOptions = {}): string {
  const symbol = drawSymbol(payload, options.level);
  const side = symbol.size + 2 * QUIET_ZONE;
  const path = pathText((pen) => drawPath(pen, outlineOf(symbol)));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" shape-rendering="crispEdges">` +
    `${element('title', options.title)}${element('desc', options.description)}` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>\n`
  );
}

function drawPath(path: PathPen, outline: Outline): void {
  for (let i = 0; i < outline.length; i += 2) {
    path.sign(MOVE);
    path.number((outline[i] as number) + QUIET_ZONE);
    path.sign(SPACE);
    path.number((outline[i + 1] as number) + QUIET_ZONE);
    path.sign(HORIZONTAL);
    path.number(outline[i + 2] as number);
    for (i += 3; outline[i] !== 0; i += 2) {
      path.sign(VERTICAL);
      path.number(outline[i] as number);
      path.sign(HORIZONTAL);
      path.number(outline[i + 1] as number);
    }
    path.sign(CLOSE);
    i -= 1;
  }
}

function element(name: string, text: string | undefined): string {
  if (!text) return '';
  return `<${name}>${cleanText(text)
    .replace(NOT_XML, '')
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')}</${name}>`;
}
