import { DomainError } from '../../kernel/errors';

/** Unknown passkey, wrong signature, an answer used before, a person who may not sign in: all alike. */
export class PasskeyRefused extends DomainError {
  constructor() {
    super('unauthenticated', 'passkey_refused', {
      vi: 'Khóa truy cập này không dùng được ở đây. Hãy thử lại, hoặc đăng nhập bằng mật khẩu.',
      en: 'This passkey cannot be used here. Try again, or sign in with the password.',
    });
  }
}

/** What the device sent does not answer our question, or the device did not check who uses it. */
export class PasskeyNotAccepted extends DomainError {
  constructor() {
    super('invalid', 'passkey_not_accepted', {
      vi: 'Thiết bị trả lời không hợp lệ hoặc quá chậm. Hãy bắt đầu lại việc thêm khóa truy cập.',
      en: 'The answer of the device is not valid or came too late. Begin adding the passkey again.',
    });
  }
}

export class PasskeyExists extends DomainError {
  constructor() {
    super('conflict', 'passkey_exists', {
      vi: 'Khóa truy cập này đã được thêm rồi.',
      en: 'This passkey has been added already.',
    });
  }
}

export class PasskeyNotFound extends DomainError {
  constructor() {
    super('not_found', 'passkey_not_found', {
      vi: 'Không có khóa truy cập này.',
      en: 'There is no such passkey.',
    });
  }
}

export class TooManyPasskeys extends DomainError {
  constructor(most: number) {
    super('conflict', 'too_many_passkeys', {
      vi: `Mỗi người có nhiều nhất ${most} khóa truy cập. Hãy xóa một khóa không còn dùng.`,
      en: `A person may have at most ${most} passkeys. Remove one that is no longer used.`,
    });
  }
}
