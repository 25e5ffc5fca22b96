import { DomainError } from '../../kernel/errors';

/** The password was right; the second factor is still owed. Said only after the password was right. */
export class SecondFactorRequired extends DomainError {
  constructor() {
    super('unauthenticated', 'second_factor_required', {
      vi: 'Mật khẩu đúng. Hãy xác nhận thêm bằng mã trong ứng dụng, khóa truy cập hoặc mã dự phòng.',
      en: 'The password is right. Now confirm with a code from your app, a passkey or a recovery code.',
    });
  }
}

/** Wrong, too old, already used, or of another way than the person has: all alike. */
export class SecondFactorFailed extends DomainError {
  constructor() {
    super('unauthenticated', 'second_factor_failed', {
      vi: 'Mã hoặc khóa truy cập không đúng, hoặc đã dùng rồi. Hãy chờ mã mới trong ứng dụng rồi thử lại.',
      en: 'The code or passkey is wrong, or was used already. Wait for the next code in the app and try again.',
    });
  }
}

/** Nobody has entered a password here lately, or it was too long ago. */
export class SecondStepExpired extends DomainError {
  constructor() {
    super('unauthenticated', 'second_step_expired', {
      vi: 'Bước xác nhận này đã hết hạn. Hãy đăng nhập lại từ đầu.',
      en: 'This step has expired. Please sign in from the start.',
    });
  }
}

/** The code that should show that the app has the secret did not fit. */
export class TotpCodeWrong extends DomainError {
  constructor() {
    super('invalid', 'totp_code_wrong', {
      vi: 'Mã không khớp. Hãy kiểm tra giờ của điện thoại và nhập mã đang hiện trong ứng dụng.',
      en: 'The code does not fit. Check the clock of the phone and enter the code that the app shows now.',
    });
  }
}

/** Confirming what was never begun, or removing what is not there. */
export class TotpNotEnrolled extends DomainError {
  constructor() {
    super('conflict', 'totp_not_enrolled', {
      vi: 'Chưa có ứng dụng mã nào ở bước này. Hãy bắt đầu lại từ đầu.',
      en: 'There is no code app at this step. Please begin again.',
    });
  }
}

/** Recovery codes stand in for a second factor: without one there is nothing to stand in for. */
export class NoSecondFactor extends DomainError {
  constructor() {
    super('conflict', 'no_second_factor', {
      vi: 'Hãy bật ứng dụng mã hoặc khóa truy cập trước khi lấy mã dự phòng.',
      en: 'Set up a code app or a passkey before taking recovery codes.',
    });
  }
}
