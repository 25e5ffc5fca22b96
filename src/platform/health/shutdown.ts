import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '../../kernel/errors';

/** For requests that come while the process ends; another process, or this one in a moment, will take them. */
export class ShuttingDown extends DomainError {
  constructor() {
    super(
      'unavailable',
      'shutting_down',
      {
        vi: 'Máy chủ đang dừng để bảo trì. Xin thử lại sau ít giây.',
        en: 'The server is shutting down. Try again in a few seconds.',
      },
      [],
      5,
    );
  }
}

/**
 * Whether the process has been asked to end (robustness R6). Nest destroys modules first, before jobs and requests that
 * are running have ended, and closes the doors last.
 */
@Injectable()
export class Shutdown implements OnModuleDestroy {
  private begun = false;

  onModuleDestroy(): void {
    this.begun = true;
  }

  get hasBegun(): boolean {
    return this.begun;
  }
}
