/** How a server of letters is reached; times are whole ms. */
export interface SmtpConnection {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };

/**
 * What `SMTP_URL` says. Letters carry one-time links: beyond this machine they leave by TLS only, unless the operator
 * says `?requireTLS=false` for a relay inside an own network.
 */
export function smtpConnection(url: string): SmtpConnection {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const isHere = LOOPBACK.test(hostname);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : (PORTS[protocol] ?? 25),
    secure,
    requireTLS: !secure && !isHere && searchParams.get('requireTLS') !== 'false',
    ignoreTLS: !secure && isHere,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

/** What a library throws when a letter does not leave. */
export interface SendFault {
  readonly code?: unknown;
  /** The server's own three digits. */
  readonly responseCode?: unknown;
}

/** The fault as a code, and whether another try is of use: wrong passwords and broken lines mend, receivers do not. */
export function judgeFault({ code, responseCode }: SendFault): { fault: string; isFinal: boolean } {
  const name = typeof code === 'string' && /^[A-Z]{1,20}$/.test(code) ? code.toLowerCase() : 'unknown';
  if (typeof responseCode !== 'number') return { fault: name, isFinal: false };
  const isFinal = responseCode >= 500 && name !== 'eauth';
  return { fault: `smtp_${responseCode}`, isFinal };
}

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long until the next try, after so many: a minute, doubling up to an hour. */
export function pauseMs(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 10), LONGEST_PAUSE_MS);
}
