import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Behind the gate: counts the request for the session or bank key that has just been proved. */
@Injectable()
export class RateGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    await request.server.countCaller(request, http.getResponse<FastifyReply>());
    return true;
  }
}
