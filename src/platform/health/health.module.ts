import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Readiness } from './readiness';
import { Shutdown } from './shutdown';

@Global()
@Module({
  controllers: [HealthController, MetricsController],
  providers: [Readiness, Metrics, Shutdown],
  exports: [Metrics, Shutdown],
})
export class HealthModule {}
