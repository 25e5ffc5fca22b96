import { type Bilingual, DomainError } from '../kernel/errors';
import type { ApprovalState } from './approval.rules';

export class ApprovalNotFound extends DomainError {
  constructor() {
    super('not_found', 'approval_not_found', {
      vi: 'Không có đề nghị này.',
      en: 'There is no such request.',
    });
  }
}

/** The role may see the request, but not ask for it, or not decide on it. */
export class ApprovalNotPermitted extends DomainError {
  constructor() {
    super('forbidden', 'not_permitted', {
      vi: 'Vai trò của bạn không được đề nghị hoặc quyết định việc này.',
      en: 'Your role may neither ask for this nor decide on it.',
    });
  }
}

export class SamePerson extends DomainError {
  constructor() {
    super('conflict', 'same_person', {
      vi: 'Người đề nghị không được tự duyệt; cần một người khác quyết định.',
      en: 'Whoever asked may not approve; another person must.',
    });
  }
}

const CLOSED: Readonly<Record<ApprovalState, Bilingual>> = {
  pending: { vi: 'đang chờ', en: 'is pending' },
  approved: { vi: 'đã được duyệt', en: 'was approved' },
  refused: { vi: 'đã bị từ chối', en: 'was refused' },
  withdrawn: { vi: 'đã được rút lại', en: 'was withdrawn' },
  expired: { vi: 'đã hết hạn', en: 'has expired' },
  failed: { vi: 'đã đóng vì dữ liệu thay đổi', en: 'was closed because the data changed' },
};

/** Somebody, or time, was faster. */
export class ApprovalClosed extends DomainError {
  constructor(state: ApprovalState) {
    super('conflict', 'approval_closed', {
      vi: `Đề nghị này ${CLOSED[state].vi}; không thể quyết định lại.`,
      en: `This request ${CLOSED[state].en} and cannot be decided again.`,
    });
  }
}

export class ApprovalExpired extends DomainError {
  constructor() {
    super('conflict', 'approval_expired', {
      vi: 'Đề nghị đã hết hạn; nếu vẫn cần, người đề nghị hãy lập lại.',
      en: 'The request has expired; whoever still needs it asks again.',
    });
  }
}

/** What was asked for is no longer possible, or no longer what it was; nothing was changed and the request is closed. */
export class ApprovalOutdated extends DomainError {
  constructor(cause: Bilingual) {
    super('conflict', 'approval_outdated', {
      vi: `Dữ liệu đã thay đổi từ khi có đề nghị: ${cause.vi} Chưa có gì được thực hiện; đề nghị đã đóng, hãy lập đề nghị mới.`,
      en: `Things have changed since this was asked for: ${cause.en} Nothing was done; the request is closed, ask anew.`,
    });
  }
}

/** Why a request is outdated: whoever asked has no account, or not the permission, any more. */
export class RequesterGone extends DomainError {
  constructor() {
    super('conflict', 'requester_gone', {
      vi: 'Người đề nghị không còn quyền đề nghị việc này.',
      en: 'Whoever asked may no longer ask for this.',
    });
  }
}

/** Another change of the same record waits already. */
export class ApprovalPending extends DomainError {
  constructor() {
    super('conflict', 'approval_pending', {
      vi: 'Đã có một đề nghị khác về việc này đang chờ duyệt; hãy chờ quyết định hoặc rút lại đề nghị đó trước.',
      en: 'Another request about this is waiting; let it be decided or withdrawn first.',
    });
  }
}

export class NotTheRequester extends DomainError {
  constructor() {
    super('forbidden', 'not_the_requester', {
      vi: 'Chỉ người đề nghị được rút lại đề nghị.',
      en: 'Only whoever asked may withdraw the request.',
    });
  }
}

/** Asked for by a newer version of the system. */
export class ApprovalKindUnknown extends DomainError {
  constructor() {
    super('conflict', 'approval_kind_unknown', {
      vi: 'Phiên bản này của hệ thống không xử lý được loại đề nghị này; xin thử lại sau.',
      en: 'This version of the system does not know this kind of request; try again later.',
    });
  }
}
