import { DomainError } from '../kernel/errors';

/** The first request with this key is still running (or its process died less than half a minute ago). */
export class RequestInProgress extends DomainError {
  constructor() {
    super(
      'conflict',
      'request_in_progress',
      {
        vi: 'Yêu cầu đầu tiên với Idempotency-Key này đang được xử lý. Hãy thử lại sau ít giây.',
        en: 'The first request with this Idempotency-Key is still being processed. Try again in a few seconds.',
      },
      [],
      2,
    );
  }
}

export class IdempotencyKeyReused extends DomainError {
  constructor() {
    super('invalid', 'idempotency_key_reused', {
      vi: 'Idempotency-Key này đã dùng cho một yêu cầu có nội dung khác. Hãy dùng khóa mới cho nội dung mới.',
      en: 'This Idempotency-Key has been used for a request with other content. Use a new key for new content.',
    });
  }
}
