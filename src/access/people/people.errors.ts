import { type Bilingual, DomainError } from '../../kernel/errors';
import type { AreaFault, DisablingFault } from './people.rules';

/** Unknown, or of another province: both alike. */
export class PersonNotFound extends DomainError {
  constructor() {
    super('not_found', 'person_not_found', {
      vi: 'Không có người dùng này.',
      en: 'There is no such person.',
    });
  }
}

/** The email has an account already, whatever its state. */
export class EmailTaken extends DomainError {
  constructor() {
    const text = {
      vi: 'Email này đã có tài khoản. Hãy mở tài khoản đó trong danh sách người dùng.',
      en: 'This email has an account already. Open it from the list of people.',
    };
    super('conflict', 'email_taken', text, [{ pointer: '/email', code: 'email_taken', message: text }]);
  }
}

const AREA: Readonly<Record<AreaFault, Bilingual>> = {
  area_does_not_fit: {
    vi: 'Vai trò này không được gắn với loại phạm vi này.',
    en: 'This role cannot be bound to this kind of area.',
  },
  area_empty: {
    vi: 'Hãy chọn ít nhất một tỉnh, xã hoặc chợ.',
    en: 'Choose at least one province, commune or market.',
  },
  area_unknown: {
    vi: 'Có mã không tồn tại, hoặc nằm ngoài phạm vi của bạn.',
    en: 'One of the codes does not exist, or lies outside your own area.',
  },
};

export class AreaRefused extends DomainError {
  constructor(fault: AreaFault) {
    super('invalid', fault, AREA[fault], [{ pointer: '/area', code: fault, message: AREA[fault] }]);
  }
}

const LOSS: Readonly<Record<DisablingFault, Bilingual>> = {
  not_oneself: {
    vi: 'Không ai tự đổi quyền hoặc tự khóa tài khoản của mình; hãy nhờ một quản trị viên khác.',
    en: 'Nobody changes their own rights or disables themself; ask another administrator.',
  },
  last_administrator: {
    vi: 'Đây là quản trị viên cuối cùng còn hoạt động. Hãy thêm một quản trị viên khác trước.',
    en: 'This is the last active administrator. Add another one first.',
  },
  grant_waits: {
    vi: 'Tài khoản này đang chờ duyệt. Hãy từ chối hoặc rút đề nghị thay vì khóa.',
    en: 'This account waits for approval. Refuse or withdraw the request instead.',
  },
};

/** `forbidden` for oneself, so that a waiting request stays for somebody else to decide. */
export class LossRefused extends DomainError {
  constructor(fault: DisablingFault) {
    super(fault === 'not_oneself' ? 'forbidden' : 'conflict', fault, LOSS[fault]);
  }
}

/** A disabled account, or one not yet approved. */
export class LinkNotPossible extends DomainError {
  constructor() {
    super('conflict', 'link_not_possible', {
      vi: 'Tài khoản này đang bị khóa hoặc chưa được duyệt nên không thể nhận liên kết.',
      en: 'This account is disabled or not yet approved, so no link can be made.',
    });
  }
}

/** The person is no longer what the request was made about. */
export class PersonChanged extends DomainError {
  constructor() {
    super('conflict', 'person_changed', {
      vi: 'Tài khoản này đã thay đổi từ khi có đề nghị.',
      en: 'The account has changed since this was asked for.',
    });
  }
}

/** The account already has the role at these places. */
export class NothingToGrant extends DomainError {
  constructor() {
    super('conflict', 'nothing_to_grant', {
      vi: 'Người này đã có đúng vai trò và phạm vi đó.',
      en: 'The person has just this role and area already.',
    });
  }
}

/** The shell makes administrators only while too few are there to approve each other. */
export class AdministratorsEnough extends DomainError {
  constructor() {
    super('conflict', 'administrators_enough', {
      vi: 'Đã có từ hai quản trị viên đang hoạt động: hãy mời thêm trên trang Người dùng, một người khác sẽ duyệt.',
      en: 'Two administrators are active: invite more on the page of people, where somebody else approves.',
    });
  }
}
