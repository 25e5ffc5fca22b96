import { DomainError } from '../kernel/errors';

export class MarketNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'market_not_found', {
      vi: `Không có chợ mang mã ${code}.`,
      en: `There is no market with the code ${code}.`,
    });
  }
}

/** Codes are never reused. */
export class MarketCodeTaken extends DomainError {
  constructor(code: string) {
    super('conflict', 'market_code_taken', {
      vi: `Mã chợ ${code} đã được dùng; mã đã cấp không bao giờ dùng lại.`,
      en: `The market code ${code} is taken; a code is never used again.`,
    });
  }
}

export class CommuneUnknown extends DomainError {
  constructor(code: string) {
    super('invalid', 'commune_unknown', {
      vi: `Không có xã, phường, đặc khu nào mang mã ${code}.`,
      en: `There is no commune with the code ${code}.`,
    });
  }
}

export class CommuneDissolved extends DomainError {
  constructor(name: string, validTo: string) {
    super('invalid', 'commune_dissolved', {
      vi: `${name} đã chấm dứt từ sau ngày ${validTo}; hãy chọn đơn vị hiện nay.`,
      en: `${name} ceased to exist after ${validTo}; choose the present unit.`,
    });
  }
}

export class UnitNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'administrative_unit_not_found', {
      vi: `Không có đơn vị hành chính mang mã ${code}.`,
      en: `There is no administrative unit with the code ${code}.`,
    });
  }
}

export class ClassDecisionIncomplete extends DomainError {
  constructor() {
    super('invalid', 'class_decision_incomplete', {
      vi: 'Hạng chợ theo quyết định cần có số quyết định và ngày quyết định.',
      en: 'A decided class needs the number and the day of its decision.',
    });
  }
}

export class ZoneNotFound extends DomainError {
  constructor() {
    super('invalid', 'zone_not_found', {
      vi: 'Khu vực này không thuộc chợ.',
      en: 'This zone does not belong to the market.',
    });
  }
}

export class ZoneNameTaken extends DomainError {
  constructor(name: string) {
    super('conflict', 'zone_name_taken', {
      vi: `Chợ đã có khu vực tên "${name}".`,
      en: `The market already has a zone called "${name}".`,
    });
  }
}

export class StallNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'stall_not_found', {
      vi: `Không có điểm kinh doanh mang mã ${code}.`,
      en: `There is no stall with the code ${code}.`,
    });
  }
}

export class StallNumberTaken extends DomainError {
  constructor(number: string) {
    super('conflict', 'stall_number_taken', {
      vi: `Chợ đã có điểm kinh doanh số ${number}.`,
      en: `The market already has a stall numbered ${number}.`,
    });
  }
}

/** A closed stall keeps its past: it is not opened again, nor changed. */
export class StallClosed extends DomainError {
  constructor(number: string) {
    super('conflict', 'stall_closed', {
      vi: `Điểm kinh doanh ${number} đã đóng; dữ liệu quá khứ không được sửa.`,
      en: `Stall ${number} is closed; its past is not rewritten.`,
    });
  }
}

export class StallClosedBeforeOpened extends DomainError {
  constructor() {
    super('invalid', 'stall_closed_before_opened', {
      vi: 'Ngày đóng phải từ ngày mở trở đi.',
      en: 'The closing day must not be before the opening day.',
    });
  }
}
