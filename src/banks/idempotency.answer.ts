import type { FastifyReply } from 'fastify';
import type { StoredAnswer } from './idempotency.repository';

/** Sends a first answer, or the first answer again, byte for byte. */
export function sendAnswer(reply: FastifyReply, answer: StoredAnswer, replayed: boolean): FastifyReply {
  if (replayed) void reply.header('Idempotent-Replayed', 'true');
  return reply
    .status(answer.status)
    .headers({ ...answer.headers })
    .send(answer.body);
}

/** A JSON answer in the form in which it is kept. */
export function jsonAnswer(status: number, body: object, headers: Record<string, string> = {}): StoredAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}
