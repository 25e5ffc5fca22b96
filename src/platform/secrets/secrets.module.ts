import { Global, Module } from '@nestjs/common';
import { Env } from '../config/env';
import { Database, pgClient } from '../db/database';
import { BlindIndex } from './blind-index';
import { readBlindIndex } from './data-keys';
import { KeyRotationService } from './key-rotation.service';
import { KeyRotationSweeper } from './key-rotation.sweeper';
import { ResealingRepository } from './resealing.repository';
import { SealedFields } from './sealed-fields';
import { Sealing } from './sealing';
import { formerSealingKeys, sealingKey } from './sealing.key';

/**
 * Sealing for every module, and identifiers of persons sealed with a blind index to find them by. The process does not
 * start without a usable key.
 */
@Global()
@Module({
  providers: [
    {
      provide: Sealing,
      inject: [Env],
      useFactory: (env: Env) => new Sealing(sealingKey(env), formerSealingKeys(env)),
    },
    {
      provide: BlindIndex,
      inject: [Database, Sealing],
      useFactory: (database: Database, sealing: Sealing) =>
        database.read((tx) => readBlindIndex(pgClient(tx), sealing)),
    },
    {
      provide: SealedFields,
      inject: [Sealing, BlindIndex],
      useFactory: (sealing: Sealing, index: BlindIndex) => new SealedFields(sealing, index),
    },
    ResealingRepository,
    KeyRotationService,
    KeyRotationSweeper,
  ],
  exports: [Sealing, BlindIndex, SealedFields, KeyRotationService],
})
export class SecretsModule {}
