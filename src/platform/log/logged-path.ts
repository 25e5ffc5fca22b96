const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Longer than every code of ours, shorter than every secret. */
const LONGEST_CODE = 40;
const LONG_NUMBER = /\p{Nd}{6,}/u;

/**
 * The path of a request as the log keeps it, without its query. Our own addresses hold codes and ids; what somebody
 * else puts there – an ID, an account, a token – is not written down.
 */
export function loggedPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  return path.split('/').map(loggedSegment).join('/');
}

function loggedSegment(segment: string): string {
  if (UUID.test(segment)) return segment;
  const hidden = segment.length > LONGEST_CODE || segment.includes('%') || LONG_NUMBER.test(segment);
  return hidden ? '…' : segment;
}
