import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ContentEncodingNotSupported, frameworkRefusal } from './http.errors';
import { parseJsonBody } from './json-body';

/** Every JSON body of the console is far smaller; what banks send is streamed and has no such limit. */
export const MAX_JSON_BYTES = 1_048_576;

/** What only streaming operations take, untouched; which of these each takes is theirs to say. */
const STREAMED = ['text/csv', 'application/x-ndjson', 'application/xml'];

/** Which bodies are read, and how: JSON by us, files of banks as streams, nothing else and nothing compressed. */
export function acceptBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw new ContentEncodingNotSupported();
  });
  // Fastify's own parsers: text/plain would pass strings on to handlers.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    if (streams(request)) return done(null, payload);
    parseJsonBody(payload, MAX_JSON_BYTES).then(
      (body) => done(null, body),
      (error: Error) => done(error),
    );
  });
  fastify.addContentTypeParser(STREAMED, (request, payload, done) => {
    if (streams(request)) return done(null, payload);
    done(frameworkRefusal(415));
  });
}

function streams(request: FastifyRequest): boolean {
  return request.routeOptions.config.streamsBody === true;
}
