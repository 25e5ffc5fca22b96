import { DomainError } from '../kernel/errors';

/** No session, or one that has ended, or whose person may no longer sign in. */
export class SignInRequired extends DomainError {
  constructor() {
    super('unauthenticated', 'sign_in_required', { vi: 'Hãy đăng nhập.', en: 'Please sign in.' });
  }
}

/** One refusal for every cause, so that nobody learns which accounts exist. */
export class SignInFailed extends DomainError {
  constructor() {
    super('unauthenticated', 'sign_in_failed', {
      vi: 'Email hoặc mật khẩu không đúng.',
      en: 'The email or the password is wrong.',
    });
  }
}

export class TooManyAttempts extends DomainError {
  constructor(waitSeconds: number) {
    super(
      'rate_limited',
      'too_many_attempts',
      {
        vi: `Đăng nhập sai quá nhiều lần. Hãy thử lại sau ${waitSeconds} giây.`,
        en: `Too many failed sign-ins. Try again in ${waitSeconds} seconds.`,
      },
      [],
      waitSeconds,
    );
  }
}

/** More passwords are waiting to be checked than may wait; says nothing about the one that was sent. */
export class PasswordQueueFull extends DomainError {
  constructor() {
    super(
      'unavailable',
      'sign_in_busy',
      {
        vi: 'Quá nhiều người đang đăng nhập cùng lúc. Hãy thử lại sau ít giây.',
        en: 'Too many people are signing in at once. Try again in a few seconds.',
      },
      [],
      3,
    );
  }
}

/** Unknown, used and expired links answer alike. */
export class LinkNotValid extends DomainError {
  constructor() {
    super('invalid', 'link_not_valid', {
      vi: 'Liên kết này không còn dùng được. Hãy xin quản trị viên một liên kết mới.',
      en: 'This link can no longer be used. Ask an administrator for a new one.',
    });
  }
}

export class StaffExists extends DomainError {
  constructor() {
    super('conflict', 'staff_exists', {
      vi: 'Email này đã có tài khoản đang hoạt động.',
      en: 'There is already an active account with this email.',
    });
  }
}

export class StaffNotFound extends DomainError {
  constructor() {
    super('not_found', 'staff_not_found', {
      vi: 'Không có tài khoản với email này.',
      en: 'There is no account with this email.',
    });
  }
}

/** The session's own token did not come with a write. */
export class CsrfTokenInvalid extends DomainError {
  constructor() {
    super('forbidden', 'csrf_token_invalid', {
      vi: 'Thiếu hoặc sai X-CSRF-Token. Hãy tải lại trang rồi thử lại.',
      en: 'X-CSRF-Token is missing or wrong. Reload the page and try again.',
    });
  }
}

/** The browser says that another site sent this write. */
export class CrossSiteRequest extends DomainError {
  constructor() {
    super('forbidden', 'cross_site_request', {
      vi: 'Yêu cầu này được gửi từ một trang web khác nên bị từ chối.',
      en: 'This request was sent from another website and is refused.',
    });
  }
}

/** A route that has not said whom it is for: a defect of ours, closed until it is mended. */
export class AudienceMissing extends DomainError {
  constructor() {
    super('forbidden', 'forbidden', { vi: 'Thao tác này không được phép.', en: 'This is not allowed.' });
  }
}

/** The operation exists and the person is known: it is not theirs. Rows out of scope are `not_found` instead. */
export class NotPermitted extends DomainError {
  constructor() {
    super('forbidden', 'not_permitted', {
      vi: 'Vai trò của bạn không được làm việc này.',
      en: 'Your role may not do this.',
    });
  }
}
