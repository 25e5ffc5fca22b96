import { type Bilingual, DomainError } from '../../kernel/errors';

const WRONG: Bilingual = {
  vi: 'Mật khẩu hiện tại không đúng.',
  en: 'The current password is wrong.',
};

/** The present password did not come with the wish for a new one. */
export class CurrentPasswordWrong extends DomainError {
  constructor() {
    const code = 'current_password_wrong';
    super('invalid', code, WRONG, [{ pointer: '/currentPassword', code, message: WRONG }]);
  }
}

/** Not there, ended, or somebody else's. */
export class SessionNotFound extends DomainError {
  constructor() {
    super('not_found', 'session_not_found', {
      vi: 'Phiên đăng nhập này đã kết thúc.',
      en: 'This session has ended already.',
    });
  }
}
