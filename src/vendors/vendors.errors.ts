import { DomainError } from '../kernel/errors';
import type { VendorState } from './vendor.rules';

export class VendorNotFound extends DomainError {
  constructor() {
    super('not_found', 'vendor_not_found', { vi: 'Không có tiểu thương này.', en: 'There is no such vendor.' });
  }
}

export class PersonalIdTaken extends DomainError {
  constructor() {
    super('conflict', 'personal_id_taken', {
      vi: 'Số định danh này đã thuộc về một tiểu thương khác trong sổ đăng ký.',
      en: 'Another vendor of the register has this personal ID.',
    });
  }
}

export class VendorCannotMove extends DomainError {
  constructor(from: VendorState, to: VendorState) {
    super('conflict', 'vendor_cannot_move', {
      vi: `Hồ sơ đang ở trạng thái "${from}", không chuyển sang "${to}" được.`,
      en: `The record is "${from}" and cannot become "${to}".`,
    });
  }
}

/** Two people for what opens the register (product.md §2). */
export class SamePerson extends DomainError {
  constructor() {
    super('conflict', 'same_person', {
      vi: 'Người trình hồ sơ không được tự duyệt; cần một người khác quyết định.',
      en: 'Whoever submitted the record may not decide on it; another person must.',
    });
  }
}

export class VendorHoldsStalls extends DomainError {
  constructor() {
    super('conflict', 'vendor_holds_stalls', {
      vi: 'Tiểu thương còn hợp đồng thuê điểm kinh doanh; hãy kết thúc hợp đồng trước.',
      en: 'The vendor still holds stalls; end the leases first.',
    });
  }
}

/** A vendor who was rejected or has ceased takes on nothing new. */
export class VendorNotActive extends DomainError {
  constructor() {
    super('conflict', 'vendor_not_active', {
      vi: 'Hồ sơ tiểu thương đã bị từ chối hoặc đã nghỉ; không thể thêm mới.',
      en: 'The vendor was rejected or has ceased; nothing new can be added.',
    });
  }
}

export class LeaseNotFound extends DomainError {
  constructor() {
    super('not_found', 'lease_not_found', { vi: 'Không có hợp đồng này.', en: 'There is no such lease.' });
  }
}

/** Refused by the table's exclusion constraint, so also between two who write at once. */
export class LeaseOverlap extends DomainError {
  constructor() {
    super('conflict', 'lease_overlap', {
      vi: 'Điểm kinh doanh đã có hợp đồng trong thời gian này.',
      en: 'The stall is leased in this period already.',
    });
  }
}

export class PeriodReversed extends DomainError {
  constructor() {
    super('invalid', 'period_reversed', {
      vi: 'Ngày kết thúc phải từ ngày bắt đầu trở đi.',
      en: 'The last day must not be before the first.',
    });
  }
}

export class LeaseEnded extends DomainError {
  constructor() {
    super('conflict', 'lease_ended', { vi: 'Hợp đồng đã kết thúc.', en: 'The lease has ended already.' });
  }
}

export class StallNotOpen extends DomainError {
  constructor() {
    super('conflict', 'stall_not_open', {
      vi: 'Điểm kinh doanh đã đóng hoặc chưa mở vào ngày này.',
      en: 'The stall is closed, or not open yet, on that day.',
    });
  }
}

export class AccountNotFound extends DomainError {
  constructor() {
    super('not_found', 'account_not_found', {
      vi: 'Không có tài khoản thụ hưởng này.',
      en: 'There is no such payout account.',
    });
  }
}

export class AccountKnown extends DomainError {
  constructor() {
    super('conflict', 'account_known', {
      vi: 'Tiểu thương đã có tài khoản này trong sổ đăng ký.',
      en: 'The vendor has this account in the register already.',
    });
  }
}

export class AccountVerified extends DomainError {
  constructor() {
    super('conflict', 'account_verified', {
      vi: 'Tài khoản đã được xác minh.',
      en: 'The account has been verified already.',
    });
  }
}

/** Money of a stall goes only to whoever holds it on that day. */
export class AccountOfAnother extends DomainError {
  constructor() {
    super('conflict', 'account_of_another_vendor', {
      vi: 'Tài khoản không thuộc tiểu thương đang thuê điểm kinh doanh vào ngày này.',
      en: 'The account does not belong to the vendor who holds the stall on that day.',
    });
  }
}

export class AssignmentOverlap extends DomainError {
  constructor() {
    super('conflict', 'assignment_overlap', {
      vi: 'Điểm kinh doanh đã có tài khoản nhận tiền từ ngày này hoặc sau đó.',
      en: 'The stall pays into another account from that day on, or later.',
    });
  }
}

export class ConsentNotFound extends DomainError {
  constructor() {
    super('not_found', 'consent_not_found', { vi: 'Không có sự đồng ý này.', en: 'There is no such consent.' });
  }
}

export class ConsentGiven extends DomainError {
  constructor() {
    super('conflict', 'consent_given', {
      vi: 'Tiểu thương đã đồng ý cho mục đích này.',
      en: 'The vendor has consented to this purpose already.',
    });
  }
}

export class ConsentWithdrawn extends DomainError {
  constructor() {
    super('conflict', 'consent_withdrawn', {
      vi: 'Sự đồng ý đã được rút lại.',
      en: 'The consent has been withdrawn already.',
    });
  }
}

/** Others keep changing what the list is about; nothing of it was kept. */
export class ImportDisturbed extends DomainError {
  constructor() {
    super('conflict', 'import_disturbed', {
      vi: 'Dữ liệu của danh sách đang được người khác thay đổi; chưa ghi gì. Xin nhập lại.',
      en: 'Others are changing what the list is about; nothing was kept. Import it again.',
    });
  }
}

/** Whoever is bound to markets or communes registers a vendor in one of them, or could not see the vendor again. */
export class MarketRequired extends DomainError {
  constructor() {
    super('invalid', 'market_required', {
      vi: 'Hãy cho biết tiểu thương được đăng ký tại chợ nào.',
      en: 'Say in which market the vendor is registered.',
    });
  }
}
