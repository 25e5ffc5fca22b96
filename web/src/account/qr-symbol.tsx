import { create } from 'qrcode';

/** The quiet zone that readers need around a symbol (ISO/IEC 18004), in modules. */
const QUIET = 4;

interface QrSymbolProps {
  readonly text: string;
  /** For those who cannot see it. */
  readonly label: string;
}

/** A QR symbol drawn on this device: what it says goes nowhere. Always dark on white, also in the dark. */
export function QrSymbol({ text, label }: QrSymbolProps) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const size = modules.size + 2 * QUIET;
  const path = Array.from({ length: modules.size }, (_, y) => rowPath(modules, y)).join('');
  return (
    <svg
      className="qr-symbol"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

interface Modules {
  readonly size: number;
  get(row: number, column: number): number;
}

function rowPath(modules: Modules, y: number): string {
  const dark = Array.from({ length: modules.size }, (_, x) => x).filter((x) => modules.get(y, x));
  return dark.map((x) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`).join('');
}
