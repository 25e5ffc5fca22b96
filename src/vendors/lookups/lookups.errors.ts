import { DomainError } from '../../kernel/errors';

/** So many identifiers that nobody has are not typed by mistake. */
export class LookupLimit extends DomainError {
  constructor(perHour: number, retryAfterSeconds: number) {
    super(
      'rate_limited',
      'lookup_limit',
      {
        vi: `Đã tra ${perHour} số định danh không có trong hồ sơ trong một giờ. Xin thử lại sau, hoặc tìm theo tên.`,
        en: `${perHour} identifiers that no record has were looked up within an hour. Try again later, or search by name.`,
      },
      [],
      retryAfterSeconds,
    );
  }
}
