import { DomainError } from '../kernel/errors';

export class BankNotFound extends DomainError {
  constructor(bin: string) {
    super('invalid', 'bank_not_found', {
      vi: `Không có ngân hàng, ví nào mang mã BIN ${bin} trong danh mục.`,
      en: `The directory has no institution with the BIN ${bin}.`,
    });
  }
}

export class ReportingAgreementOverlaps extends DomainError {
  constructor(bin: string) {
    super('conflict', 'reporting_agreement_overlap', {
      vi: `Tổ chức ${bin} đã có thỏa thuận báo cáo trong thời gian này.`,
      en: `Institution ${bin} already has a reporting agreement in this period.`,
    });
  }
}
