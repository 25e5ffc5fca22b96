import { DomainError } from '../../kernel/errors';

/** The second person reads why. */
export class ChangeReasonRequired extends DomainError {
  constructor() {
    super('invalid', 'reason_required', {
      vi: 'Điểm kinh doanh đã có tài khoản nhận tiền: đổi tài khoản phải nêu lý do để người thứ hai duyệt.',
      en: 'The stall has had an account: a change needs a reason, for the second person who decides on it.',
    });
  }
}

/** Between asking and deciding, the stall came to pay into yet another account. */
export class FormerAccountChanged extends DomainError {
  constructor() {
    super('conflict', 'former_account_changed', {
      vi: 'Tài khoản nhận tiền của điểm kinh doanh không còn như lúc đề nghị.',
      en: 'The stall no longer pays into the account that was to be replaced.',
    });
  }
}
