import type { IncomingHttpHeaders } from 'node:http';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isWrite(method: string): boolean {
  return !READS.has(method);
}

/**
 * Whether a browser may have sent this from our own pages. `Sec-Fetch-Site` is the browser's own word and cannot be set
 * by a page; without it (plain http, old browsers) `Origin` must be ours. Programs send neither: for them the token
 * alone is the proof.
 */
export function isSameSite(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (headers.origin === undefined) return true;
  return headers.origin === new URL(publicUrl).origin;
}
