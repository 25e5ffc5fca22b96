import { DomainError } from '../../kernel/errors';

/** The operation is dangerous and the last proof of who sits here is too old, or too weak. */
export class StepUpRequired extends DomainError {
  constructor() {
    super('forbidden', 'step_up_required', {
      vi: 'Việc này cần xác nhận lại rằng đúng là bạn. Hãy xác nhận rồi làm lại.',
      en: 'This needs you to confirm once more that it is you. Confirm, then try again.',
    });
  }
}

/** The role needs a second factor and the person has none yet. */
export class SecondFactorEnrolmentRequired extends DomainError {
  constructor() {
    super('forbidden', 'second_factor_enrolment_required', {
      vi: 'Vai trò của bạn cần xác thực hai lớp. Hãy bật trong trang Tài khoản của tôi rồi tiếp tục.',
      en: 'Your role needs a second factor. Set one up on the page My account, then go on.',
    });
  }
}

/** Wrong password, wrong code, a passkey that does not fit: nothing tells which. */
export class StepUpFailed extends DomainError {
  constructor() {
    super('invalid', 'step_up_failed', {
      vi: 'Chưa xác nhận được: mật khẩu, mã hoặc khóa truy cập không đúng, hoặc mã đã dùng rồi.',
      en: 'Not confirmed: the password, code or passkey is wrong, or the code was used already.',
    });
  }
}

/** A password alone is too little for somebody who has a second factor. */
export class StepUpWayTooWeak extends DomainError {
  constructor() {
    super('invalid', 'step_up_way_too_weak', {
      vi: 'Bạn đã bật xác thực hai lớp: hãy xác nhận bằng mật khẩu và mã, hoặc bằng khóa truy cập.',
      en: 'You have a second factor: confirm with password and code, or with a passkey.',
    });
  }
}
