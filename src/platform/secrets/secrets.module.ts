import { Global, Module } from '@nestjs/common';
import { Env } from '../config/env';
import { Sealing } from './sealing';
import { sealingKey } from './sealing.key';

/** Sealing for every module; the process does not start without a usable key. */
@Global()
@Module({
  providers: [{ provide: Sealing, inject: [Env], useFactory: (env: Env) => new Sealing(sealingKey(env)) }],
  exports: [Sealing],
})
export class SecretsModule {}
