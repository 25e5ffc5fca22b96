import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { JobQueue } from '../queue/job-queue';

/** The registry of one process. Labels are few and fixed: never an id, a name or an account. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'cho40_http_request_seconds',
    help: 'Duration of HTTP requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 5],
    registers: [this.registry],
  });
  private readonly submissions = new Counter({
    name: 'cho40_submissions_total',
    help: 'Submissions that reached a final state, by bank and state',
    labelNames: ['bank', 'state'],
    registers: [this.registry],
  });

  private readonly refusedConnections = new Counter({
    name: 'cho40_connections_refused_total',
    help: 'Connections closed unread because too many were open, by limit: all, address',
    labelNames: ['limit'],
    registers: [this.registry],
  });

  constructor(queue: JobQueue) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'cho40_jobs',
      help: 'Jobs by state; absent while the queue does not answer',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        this.reset();
        const counts = await queue.counts().catch(() => null);
        for (const [state, value] of Object.entries(counts ?? {})) this.set({ state }, value as number);
      },
    });
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  countRefusedConnection(limit: string): void {
    this.refusedConnections.inc({ limit });
  }

  countSubmission(bankBin: string, state: string): void {
    this.submissions.inc({ bank: bankBin, state });
  }

  /** A figure that a module reads anew for every scrape; absent while it cannot be read or there is none. */
  watch(name: string, help: string, read: () => Promise<number | undefined>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const value = await read().catch(() => undefined);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
