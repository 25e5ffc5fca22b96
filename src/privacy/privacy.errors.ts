import { DomainError } from '../kernel/errors';

export class DataRequestNotFound extends DomainError {
  constructor() {
    super('not_found', 'data_request_not_found', {
      vi: 'Không có yêu cầu này.',
      en: 'There is no such request.',
    });
  }
}

export class DataRequestClosed extends DomainError {
  constructor() {
    super('conflict', 'data_request_closed', {
      vi: 'Yêu cầu này đã được trả lời. Nếu có việc mới, hãy ghi một yêu cầu mới.',
      en: 'This request has been answered. Record a new request for what is new.',
    });
  }
}

export class ReceivedInFuture extends DomainError {
  constructor() {
    super('invalid', 'received_in_future', {
      vi: 'Ngày nhận không được sau hôm nay.',
      en: 'The day of receipt must not lie in the future.',
    });
  }
}

export class HolidayKnown extends DomainError {
  constructor() {
    super('conflict', 'holiday_known', {
      vi: 'Ngày này đã có trong danh sách ngày nghỉ.',
      en: 'This day is in the list of holidays already.',
    });
  }
}

export class HolidayNotFound extends DomainError {
  constructor() {
    super('not_found', 'holiday_not_found', {
      vi: 'Ngày này không có trong danh sách ngày nghỉ.',
      en: 'This day is not in the list of holidays.',
    });
  }
}

/** Unknown, expired and revoked links answer alike. */
export class VendorLinkNotValid extends DomainError {
  constructor() {
    super('unauthenticated', 'vendor_link_not_valid', {
      vi: 'Liên kết này không còn dùng được. Hãy xin ban quản lý chợ một liên kết mới.',
      en: 'This link can no longer be used. Ask the market board for a new one.',
    });
  }
}

/** What would be purged is no longer what was looked at. */
export class PurgeOutdated extends DomainError {
  constructor(found: number) {
    super('conflict', 'purge_outdated', {
      vi: `Số bản ghi đến hạn đã đổi thành ${found}. Hãy xem lại rồi xoá.`,
      en: `The number of records due is now ${found}. Look again, then purge.`,
    });
  }
}

/** A link shows everything of a vendor: whoever reaches a part only would see the rest by using it. */
export class VendorHeldElsewhere extends DomainError {
  constructor() {
    super('conflict', 'vendor_held_elsewhere', {
      vi: 'Tiểu thương còn có điểm kinh doanh ngoài phạm vi của bạn. Hãy đề nghị Sở Công Thương cấp liên kết.',
      en: 'The vendor holds stalls beyond your reach too. Ask the department for the link.',
    });
  }
}
