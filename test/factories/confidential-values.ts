/** Shorter ones would be found by chance. */
const SHORTEST = 8;

/** Lines that can be quoted when one of them is wrong. */
const QUOTED_CHARACTERS = 300;

const made = new Map<string, string>();

/**
 * Remembers what no log may ever show: every ID, phone, account, password, cookie and key that a test makes or is
 * answered. @returns the value itself
 */
export function confidential<T extends string | null>(what: string, value: T): T {
  if (value !== null && value.length >= SHORTEST) made.set(value, what);
  return value;
}

/** What of it stands in a text: `phone …986`; also as an address would spell it. */
export function confidentialIn(text: string): string[] {
  return [...made]
    .filter(([value]) => spellings(value).some((spelling) => text.includes(spelling)))
    .map(([value, what]) => `${what} …${value.slice(-3)}`);
}

function spellings(value: string): string[] {
  return [...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])];
}

/** For the log of an application, and for what a program said. @throws Error that names what was found */
export function assertNothingConfidential(lines: readonly string[]): void {
  // One search through everything; which line it was is asked only when there is something to tell.
  if (confidentialIn(lines.join('\n')).length === 0) return;
  const found = lines.flatMap((line) =>
    confidentialIn(line).map((what) => `${what}: ${line.slice(0, QUOTED_CHARACTERS)}`),
  );
  throw new Error(`the log shows what nobody may read:\n${found.slice(0, 10).join('\n')}`);
}
