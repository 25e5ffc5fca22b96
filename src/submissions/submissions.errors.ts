import { DomainError } from '../kernel/errors';
import type { SubmissionProblem } from './submission.types';

/** The header breaks the contract, or the bytes before it cannot be read; answered at once, nothing is kept. */
export class HeaderInvalid extends DomainError {
  constructor(problems: readonly SubmissionProblem[]) {
    super(
      'invalid',
      'header_invalid',
      {
        vi: 'Phần đầu của đợt gửi không hợp lệ; xem errors. Không có gì được lưu.',
        en: 'The header of the submission is not valid; see errors. Nothing was kept.',
      },
      problems.map(({ line, field, code, message }) => ({
        ...(line !== null && { line }),
        ...(field !== null && { column: field }),
        code,
        message,
      })),
    );
  }
}

export class FormatNotSupported extends DomainError {
  constructor() {
    super('unsupported', 'content_type_not_supported', {
      vi: 'Content-Type phải là application/json hoặc text/csv, mã hóa UTF-8.',
      en: 'The Content-Type must be application/json or text/csv, in UTF-8.',
    });
  }
}

export class ReferenceConflict extends DomainError {
  constructor(reference: string) {
    super('conflict', 'reference_conflict', {
      vi: `Mã tham chiếu ${reference} đã dùng cho một tệp khác. Hãy dùng mã mới cho nội dung mới.`,
      en: `The reference ${reference} was used for another file. Use a new reference for new content.`,
    });
  }
}

export class StaleRevision extends DomainError {
  constructor(revision: number) {
    super('conflict', 'stale_revision', {
      vi: `Ngày và phần này đã có lần sửa ${revision}. Bản thay thế phải mang số lần sửa cao hơn.`,
      en: `Revision ${revision} of this day and part is held already. A replacement needs a higher revision.`,
    });
  }
}

export class SubmissionNotFound extends DomainError {
  constructor() {
    super('not_found', 'submission_not_found', {
      vi: 'Không có đợt gửi này.',
      en: 'There is no such submission.',
    });
  }
}

/** Somebody, or something, decided about it before. */
export class SubmissionNotWaiting extends DomainError {
  constructor() {
    super('conflict', 'submission_not_waiting', {
      vi: 'Đợt gửi này không còn chờ duyệt.',
      en: 'This submission does not wait for approval any more.',
    });
  }
}

/** What was asked is not what would be approved. */
export class ClosedFiguresChanged extends DomainError {
  constructor() {
    super('conflict', 'closed_figures_changed', {
      vi: 'Số liệu của ngày này đã thay đổi từ khi đề nghị; một đề nghị mới sẽ được lập.',
      en: 'The figures of this day have changed since the request; a new one will be made.',
    });
  }
}

/** The body ended early or the connection broke. */
export class BodyInterrupted extends DomainError {
  constructor() {
    super('malformed', 'body_interrupted', {
      vi: 'Nội dung bị ngắt giữa chừng; không có gì được lưu. Hãy gửi lại với cùng Idempotency-Key.',
      en: 'The body was cut off; nothing was kept. Send it again with the same Idempotency-Key.',
    });
  }
}
