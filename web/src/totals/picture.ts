import { saveFile } from '../kit/download';

/** Twice the screen's size: sharp enough for a printed report. */
const PNG_SCALE = 2;

/** Saves a drawing of the page as it stands, its colours and fonts written into it. */
export function saveSvg(svg: SVGSVGElement, name: string): void {
  saveFile(`${name}.svg`, new Blob([standalone(svg)], { type: 'image/svg+xml' }));
}

export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const picture = new Image(width, height);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png) saveFile(`${name}.png`, png);
}

/** The drawing with every `var(--…)` replaced by its present value, on its own ground. */
function standalone(svg: SVGSVGElement): string {
  const style = getComputedStyle(document.documentElement);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('font-family', 'Be Vietnam Pro, Segoe UI, Arial, sans-serif');
  for (const hit of copy.querySelectorAll('.hit')) hit.remove();
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [key, value] of [
    ['width', '100%'],
    ['height', '100%'],
    ['fill', 'var(--ground)'],
  ] as const) {
    ground.setAttribute(key, value);
  }
  copy.prepend(ground);
  return new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
}
