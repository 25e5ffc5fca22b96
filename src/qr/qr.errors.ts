import { DomainError } from '../kernel/errors';
import { ISSUE_FAULTS, type IssueFault } from './qr-issue.rules';

export class QrMarketNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'market_not_found', {
      vi: `Không có chợ mang mã ${code}.`,
      en: `There is no market with the code ${code}.`,
    });
  }
}

export class QrStallNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'stall_not_found', {
      vi: `Không có điểm kinh doanh mang mã ${code}.`,
      en: `There is no stall with the code ${code}.`,
    });
  }
}

export class QrIssueNotFound extends DomainError {
  constructor() {
    super('not_found', 'qr_issue_not_found', {
      vi: 'Không có thẻ mang số sê-ri này.',
      en: 'There is no card with this serial.',
    });
  }
}

/** A stall cannot get a code now; the code says why. */
export class QrNotIssuable extends DomainError {
  constructor(fault: IssueFault) {
    super('conflict', fault, ISSUE_FAULTS[fault]);
  }
}

export class NothingToPrint extends DomainError {
  constructor() {
    super('conflict', 'nothing_to_print', {
      vi: 'Chợ chưa có mã nào đang hiệu lực để in. Hãy cấp mã trước.',
      en: 'The market has no active code to print. Issue codes first.',
    });
  }
}

export class CardPackNotFound extends DomainError {
  constructor() {
    super('not_found', 'card_pack_not_found', { vi: 'Không có tệp in này.', en: 'There is no such print file.' });
  }
}

export class CardPackNotReady extends DomainError {
  constructor() {
    super('conflict', 'card_pack_not_ready', {
      vi: 'Tệp in chưa hoàn thành: chỉ phát hành sau khi mọi mã trên đó đã được đọc lại.',
      en: 'The print file is not done: it is released only when every code on it has been read back.',
    });
  }
}
