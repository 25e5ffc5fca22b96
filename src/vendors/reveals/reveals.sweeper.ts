import { Injectable } from '@nestjs/common';
import { Sweepers } from '../../platform/queue/sweepers';
import { RevealsService } from './reveals.service';

/** Removes what no longer counts towards anybody's limit. */
@Injectable()
export class RevealsSweeper {
  constructor(sweepers: Sweepers, reveals: RevealsService) {
    sweepers.add({ name: 'reveals', sweep: () => reveals.purge() });
  }
}
