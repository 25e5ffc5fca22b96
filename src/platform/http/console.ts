import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { frameworkRefusal } from './http.errors';
import { answerProblem } from './problem.filter';

const NONCE_MARK = '__CSP_NONCE__';

/**
 * Serves the built console: hashed files for a year, and index.html for every other address outside /api, with a fresh
 * nonce for the style tags that Ant Design adds (the policy allows no other inline style).
 */
export async function serveConsole(app: NestFastifyApplication, folder: string): Promise<void> {
  const indexFile = join(folder, 'index.html');
  if (!existsSync(indexFile)) return;
  const html = readFileSync(indexFile, 'utf8');
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
  });
  const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (/^\/(api|health|metrics|assets)(\/|\?|$)/.test(request.url)) {
      return answerProblem(frameworkRefusal(404), request, reply);
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = String(reply.getHeader('content-security-policy') ?? '');
    return reply
      .header('Content-Security-Policy', policy.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`))
      .header('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(NONCE_MARK, nonce));
  };
  fastify.get('/', page);
  fastify.get('/*', page);
}
