import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../kernel/errors';
import { Operation } from '../http/operation.decorator';
import { Readiness } from './readiness';

const aliveSchema = z.object({ status: z.literal('ok') });

class NotReady extends DomainError {
  constructor(culprits: string) {
    super('unavailable', 'not_ready', { vi: `Chưa sẵn sàng: ${culprits}.`, en: `Not ready: ${culprits}.` }, [], 5);
  }
}

/** For load balancers and supervisors: is the process alive, and can it do its work? */
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Operation({ id: 'live', summary: 'The process answers', audience: 'public', answer: aliveSchema })
  live(): z.infer<typeof aliveSchema> {
    return { status: 'ok' };
  }

  @Get('ready')
  @Operation({
    id: 'ready',
    summary: 'Database and queue answer; 503 names the culprit',
    audience: 'public',
    answer: aliveSchema,
    refusals: ['not_ready'],
  })
  async ready(): Promise<z.infer<typeof aliveSchema>> {
    const culprits = await this.readiness.culprits();
    if (culprits.length > 0) throw new NotReady(culprits.join(', '));
    return { status: 'ok' };
  }
}
