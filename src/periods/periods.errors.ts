import { DomainError } from '../kernel/errors';
import type { DayRange } from './period.rules';

/** The last day of the period is not over: its figures cannot be complete. */
export class PeriodNotOver extends DomainError {
  constructor({ to }: DayRange) {
    super('invalid', 'period_not_over', {
      vi: `Kỳ này kết thúc ngày ${to}; chỉ chốt được từ ngày hôm sau.`,
      en: `This period ends on ${to}; it can be closed from the next day on.`,
    });
  }
}

export class PeriodAlreadyClosed extends DomainError {
  constructor(month: string) {
    super('conflict', 'period_already_closed', {
      vi: `Kỳ ${month} đã được chốt.`,
      en: `The period ${month} is closed already.`,
    });
  }
}

export class PeriodNotFound extends DomainError {
  constructor() {
    super('not_found', 'period_not_found', {
      vi: 'Không có kỳ chốt số liệu này.',
      en: 'There is no such closed period.',
    });
  }
}

/** Figures are closed for a whole province, by somebody who answers for it. */
export class PeriodOfOneProvince extends DomainError {
  constructor() {
    super('forbidden', 'period_outside_area', {
      vi: 'Chỉ người phụ trách cả tỉnh mới chốt được số liệu của tỉnh.',
      en: 'Only who answers for the whole province can close its figures.',
    });
  }
}
