import { DomainError } from '../kernel/errors';

/** The longest range a total may span: ten years. */
export const MAX_PERIOD_DAYS = 3_660;

export class PeriodInvalid extends DomainError {
  constructor() {
    super('invalid', 'period_invalid', {
      vi: `Khoảng thời gian phải từ ngày sớm đến ngày muộn và dài nhất ${MAX_PERIOD_DAYS} ngày.`,
      en: `The period must run from the earlier to the later day and span at most ${MAX_PERIOD_DAYS} days.`,
    });
  }
}

export class ReportMarketNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'market_not_found', {
      vi: `Không có chợ mang mã ${code}.`,
      en: `There is no market with the code ${code}.`,
    });
  }
}
