/** Where to go after signing in: a path of this console and nothing else, whatever the address says. */
export function safeReturnPath(from: string | null): string {
  if (!from || !/^\/(?![/\\])/.test(from) || from.startsWith('/sign-in')) return '/';
  return from;
}
