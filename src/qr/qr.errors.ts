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

/** The card pays an account that is no longer the stall's, or was replaced: it is not handed out again. */
export class QrIssueRetired extends DomainError {
  constructor() {
    super('conflict', 'qr_issue_retired', {
      vi: 'Thẻ này đã hết hiệu lực nên không in lại được. Hãy in thẻ đang hiệu lực của điểm kinh doanh.',
      en: 'This card is retired and is not printed again. Print the stall’s active card.',
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

/** Kept with the pack, for who asked for it. */
export class CardPackGivenUp extends DomainError {
  constructor() {
    super('conflict', 'card_pack_given_up', {
      vi: 'Đã thử nhiều lần mà không tạo được tệp in. Hãy yêu cầu lại hoặc báo bộ phận hỗ trợ.',
      en: 'The print file could not be made in many attempts. Ask again, or tell support.',
    });
  }
}

export class NothingToReissue extends DomainError {
  constructor() {
    super('conflict', 'nothing_to_reissue', {
      vi: 'Không có thẻ QR nào đang dùng mà cấp lại được.',
      en: 'There is no card in use that could be issued anew.',
    });
  }
}
