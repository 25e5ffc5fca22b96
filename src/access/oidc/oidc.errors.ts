import { DomainError } from '../../kernel/errors';

/** One refusal for every cause – unknown, disabled, unverified, altered, replayed –, so that nobody learns which. */
export class OidcRefused extends DomainError {
  constructor() {
    super('unauthenticated', 'oidc_refused', {
      vi: 'Không đăng nhập được bằng tài khoản của tỉnh. Hãy thử lại, hoặc đăng nhập bằng mật khẩu, hoặc hỏi quản trị viên.',
      en: 'Signing in with the province’s account did not work. Try again, use your password, or ask an administrator.',
    });
  }
}

export class OidcUnavailable extends DomainError {
  constructor() {
    super(
      'unavailable',
      'oidc_unavailable',
      {
        vi: 'Dịch vụ đăng nhập của tỉnh hiện không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.',
        en: 'The province’s identity service does not answer. Try again later, or use your password.',
      },
      [],
      30,
    );
  }
}

/** No identity service is configured here. */
export class OidcOff extends DomainError {
  constructor() {
    super('not_found', 'oidc_off', {
      vi: 'Hệ thống này không dùng dịch vụ đăng nhập của tỉnh.',
      en: 'This system uses no identity service.',
    });
  }
}
