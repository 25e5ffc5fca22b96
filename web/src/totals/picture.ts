import { saveFile } from '../kit/download';

/** Twice the screen's size: sharp enough for a printed report. */
const PNG_SCALE = 2;
const SVG = 'http://www.w3.org/2000/svg';
/** Room for the title above and the note below. */
const HEAD = 40;
const FOOT = 28;

/** What a picture has to say when it leaves the page: of what it is, and how complete. */
export interface PictureWords {
  readonly title: string;
  readonly note: string;
  readonly fileName: string;
}

/** Saves a drawing of the page as it stands, its colours and fonts written into it. */
export function saveSvg(svg: SVGSVGElement, words: PictureWords): void {
  saveFile(`${words.fileName}.svg`, new Blob([standalone(svg, words).text], { type: 'image/svg+xml' }));
}

export async function savePng(svg: SVGSVGElement, words: PictureWords): Promise<void> {
  const { text, width, height } = standalone(svg, words);
  const picture = new Image(width, height);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png) saveFile(`${words.fileName}.png`, png);
}

/** The drawing with its words and every `var(--…)` replaced by its present value, on its own ground. */
function standalone(svg: SVGSVGElement, words: PictureWords): { text: string; width: number; height: number } {
  const { width, height: drawn } = svg.viewBox.baseVal;
  const height = drawn + HEAD + FOOT;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('viewBox', `0 ${-HEAD} ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('font-family', 'Be Vietnam Pro, Segoe UI, Arial, sans-serif');
  for (const hit of copy.querySelectorAll('.hit')) hit.remove();
  copy.prepend(element('rect', { x: '0', y: String(-HEAD), width: '100%', height: '100%', fill: 'var(--ground)' }));
  copy.append(
    element('text', { x: '12', y: '-14', 'font-size': '16', 'font-weight': '600', fill: 'var(--text)' }, words.title),
    element('text', { x: '12', y: String(drawn + 16), 'font-size': '12', fill: 'var(--text-soft)' }, words.note),
  );
  const style = getComputedStyle(document.documentElement);
  const text = new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  return { text, width, height };
}

function element(name: string, attributes: Record<string, string>, content = ''): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = content;
  return made;
}
