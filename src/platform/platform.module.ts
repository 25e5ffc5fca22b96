import { type DynamicModule, Module } from '@nestjs/common';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Env } from './config/env';

export interface PlatformSetup {
  readonly env: Env;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The environment, the clock and the source of ids, for every module. */
@Module({})
export class PlatformModule {
  static with({ env, clock, ids }: PlatformSetup): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: Env, useValue: env },
        { provide: Clock, useValue: clock },
        { provide: Ids, useValue: ids },
      ],
      exports: [Env, Clock, Ids],
    };
  }
}
