import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors';
import { frameworkRefusal } from './http.errors';
import { preferredLanguage } from './language';
import { internalProblem, problemOf, type ProblemContext } from './problem';

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** The one place where an error becomes a response. Stacks, SQL and library names stay in the log. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    void answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Also for what fails before hooks and routes: addresses that cannot be decoded. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  const context = problemContext(request);
  const problem = refusal ? problemOf(refusal, context) : internalProblem(context);
  if (!refusal) request.log.error({ err: error }, 'unexpected error');
  if (refusal?.retryAfterSeconds !== undefined) void reply.header('Retry-After', refusal.retryAfterSeconds);
  return reply
    .status(problem.status)
    .header('X-Request-Id', request.id)
    .header('Content-Language', context.language)
    .header('Cache-Control', 'no-store')
    .type(PROBLEM_JSON)
    .send(JSON.stringify(problem));
}

export function problemContext(request: FastifyRequest): ProblemContext {
  return {
    language: preferredLanguage(request.headers['accept-language']),
    instance: request.url.split('?', 1)[0] ?? '/',
    traceId: request.id,
  };
}

function asRefusal(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (error instanceof HttpException) return frameworkRefusal(error.getStatus());
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? frameworkRefusal(status) : null;
}
