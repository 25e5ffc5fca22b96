import { Injectable } from '@nestjs/common';
import { Sweepers } from '../queue/sweepers';
import { KeyRotationService } from './key-rotation.service';
import { Sealing } from './sealing';

/** Ten thousand values a sweep: what was sealed with former keys is under the current one within the hour. */
const BATCHES_PER_SWEEP = 50;

/** While former keys are held, brings what they sealed under the current one; `secrets rotate` does it at once. */
@Injectable()
export class KeyRotationSweeper {
  constructor(sweepers: Sweepers, rotation: KeyRotationService, sealing: Sealing) {
    sweepers.add({
      name: 'sealing-keys',
      sweep: async () => {
        if (!sealing.holdsOthers) return 0;
        const { resealed } = await rotation.rotate({ batches: BATCHES_PER_SWEEP });
        return resealed;
      },
    });
  }
}
