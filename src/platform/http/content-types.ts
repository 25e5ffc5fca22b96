import type { FastifyInstance } from 'fastify';
import { ContentEncodingNotSupported, ContentTypeNotSupported } from './http.errors';
import { parseJsonBody } from './json-body';

/** Every JSON body of the console is far smaller; what banks send is streamed and has no such limit. */
export const MAX_JSON_BYTES = 1_048_576;

/** What only streaming operations take, untouched; which of these each takes is theirs to say. */
const STREAMED = ['text/csv', 'application/x-ndjson', 'application/xml'];

/** Which bodies are read, and how: JSON by us, files as streams where they are asked for, and nothing compressed. */
export function acceptBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    const { 'content-encoding': encoding, 'content-type': type } = request.headers;
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw new ContentEncodingNotSupported();
    // The parser of forms takes every form; it cannot know who asked for one.
    const isForm = type?.trimStart().toLowerCase().startsWith('multipart/') ?? false;
    if (isForm && !request.is404 && !request.routeOptions.config.takesFile) throw new ContentTypeNotSupported();
  });
  // Fastify's own: text/plain would pass strings on to handlers, and its JSON reader takes repeated keys.
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    const { streamsBody, takesFile } = request.routeOptions.config;
    if (streamsBody) return done(null, payload);
    if (takesFile) return done(new ContentTypeNotSupported());
    parseJsonBody(payload, MAX_JSON_BYTES).then(
      (body) => done(null, body),
      (error: Error) => done(error),
    );
  });
  fastify.addContentTypeParser(STREAMED, (request, payload, done) => {
    const { streamsBody, takesFile } = request.routeOptions.config;
    if (streamsBody || takesFile) return done(null, payload);
    done(new ContentTypeNotSupported());
  });
}
