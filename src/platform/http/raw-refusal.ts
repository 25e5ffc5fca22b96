import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { v7 } from 'uuid';
import { DomainError } from '../../kernel/errors';
import { frameworkRefusal } from './http.errors';
import { problemOf } from './problem';

const MALFORMED = frameworkRefusal(400) as DomainError;

const TOO_SLOW = new DomainError('malformed', 'request_timeout', {
  vi: 'Yêu cầu đến quá chậm nên bị ngắt.',
  en: 'The request came too slowly and was cut off.',
});

const HEADERS_TOO_LARGE = new DomainError('malformed', 'headers_too_large', {
  vi: 'Phần tiêu đề của yêu cầu quá lớn.',
  en: 'The headers of the request are too large.',
});

const REFUSALS: Readonly<Record<string, readonly [status: number, refusal: DomainError]>> = {
  HPE_HEADER_OVERFLOW: [431, HEADERS_TOO_LARGE],
  ERR_HTTP_REQUEST_TIMEOUT: [408, TOO_SLOW],
};

/** How long a refused client may take to read why; one that goes on sending is not waited for. */
const GOODBYE_MS = 1_000;

/** Answers what is no HTTP request, so that nothing else could: broken lines, two lengths, endless headers. */
export function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, refusal] = REFUSALS[error.code ?? ''] ?? [400, MALFORMED];
  const traceId = v7();
  const body = JSON.stringify({ ...problemOf(refusal, { language: 'vi', instance: '/', traceId }), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Language: vi',
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${traceId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
}

/** Ends a request whose body comes too slowly and that nothing has been answered to. */
export function refuseSlow(socket: Socket): void {
  refuseRaw(Object.assign(new Error('the body came too slowly'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
}
