import { DomainError } from '../../kernel/errors';

/** There is no such value to show: it was never given. */
export class NothingToReveal extends DomainError {
  constructor() {
    super('conflict', 'nothing_to_reveal', {
      vi: 'Hồ sơ chưa có thông tin này.',
      en: 'The record does not have this value.',
    });
  }
}

export class RevealLimit extends DomainError {
  constructor(perHour: number, retryAfterSeconds: number) {
    super(
      'rate_limited',
      'reveal_limit',
      {
        vi: `Mỗi người chỉ được xem đầy đủ ${perHour} thông tin cá nhân trong một giờ. Xin thử lại sau.`,
        en: `One person may see ${perHour} personal values in full within an hour. Try again later.`,
      },
      [],
      retryAfterSeconds,
    );
  }
}
