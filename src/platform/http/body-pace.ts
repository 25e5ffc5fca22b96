import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type BodyLook, BodyPace } from './body-pace.rules';
import { refuseSlow } from './raw-refusal';

/**
 * Cuts bodies off that come too slowly. Banks send large bodies over slow lines, so that no time limit for the whole of
 * one would be right; who holds a connection with a byte a second is told 408 and loses it.
 */
export function watchBodies(fastify: FastifyInstance, seconds: number): void {
  fastify.addHook('onRequest', async ({ raw, log }, reply) => {
    if (!hasBody(raw)) return;
    watch(raw, seconds, () => {
      log.warn('a body came too slowly and was cut off');
      // An answer that is on its way has said why.
      if (reply.raw.headersSent) raw.socket.destroy();
      else refuseSlow(raw.socket);
    });
  });
}

function watch(raw: IncomingMessage, seconds: number, cut: () => void): void {
  const pace = new BodyPace(lookAt(raw), seconds);
  const timer = setInterval(() => {
    if (raw.complete || raw.socket.destroyed) return clearInterval(timer);
    if (!pace.isTooSlow(lookAt(raw))) return;
    clearInterval(timer);
    cut();
  }, seconds * 1_000);
  timer.unref();
  raw.once('close', () => clearInterval(timer));
}

function lookAt({ socket, readableLength, readableHighWaterMark }: IncomingMessage): BodyLook {
  return { received: socket.bytesRead, isBackedUp: readableLength >= readableHighWaterMark };
}

function hasBody({ headers }: FastifyRequest['raw']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
