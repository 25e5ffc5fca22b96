const MINUS = 0x2d;
const ZERO = 0x30;

/** Writes path data as bytes: a thousand small numbers are written faster than joined as strings. */
export class PathPen {
  private bytes = Buffer.allocUnsafe(16_384);
  private length = 0;

  /** One ASCII character by its code. */
  sign(code: number): void {
    if (this.length + 8 > this.bytes.length) this.grow();
    this.bytes[this.length] = code;
    this.length += 1;
  }

  /** A whole number of at most six digits. */
  number(value: number): void {
    if (this.length + 8 > this.bytes.length) this.grow();
    let rest = value;
    if (rest < 0) {
      this.bytes[this.length++] = MINUS;
      rest = -rest;
    }
    let unit = 1;
    while (unit * 10 <= rest) unit *= 10;
    for (; unit >= 1; unit /= 10) {
      const digit = Math.trunc(rest / unit);
      this.bytes[this.length++] = ZERO + digit;
      rest -= digit * unit;
    }
  }

  /** What was written; the pen is then as new. */
  take(): string {
    const text = this.bytes.toString('latin1', 0, this.length);
    this.length = 0;
    return text;
  }

  private grow(): void {
    this.bytes = Buffer.concat([this.bytes], this.bytes.length * 2);
  }
}

let idle: PathPen | null = new PathPen();

/** The path data that `draw` writes. One pen is used again and again: a buffer for each path would cost more than the path. */
export function pathText(draw: (pen: PathPen) => void): string {
  const pen = idle ?? new PathPen();
  idle = null;
  draw(pen);
  idle = pen;
  return pen.take();
}
