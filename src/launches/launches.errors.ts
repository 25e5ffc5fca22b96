import { type Bilingual, DomainError } from '../kernel/errors';
import type { LaunchState, TransitionFault } from './launch.rules';

const TEXT: Record<TransitionFault, (from: LaunchState, to: LaunchState) => Bilingual> = {
  not_allowed: (from, to) => ({
    vi: `Chợ đang ở trạng thái "${from}" nên không chuyển sang "${to}" được.`,
    en: `A market in state "${from}" cannot move to "${to}".`,
  }),
  before_current: () => ({
    vi: 'Ngày chuyển không được sớm hơn ngày của trạng thái hiện tại.',
    en: 'The day must not be before the day of the present state.',
  }),
  in_future: () => ({
    vi: 'Ngày chuyển không được ở tương lai; hãy ghi nhận khi việc đã diễn ra.',
    en: 'The day must not be in the future; record the step when it has happened.',
  }),
  decision_missing: () => ({
    vi: 'Ra mắt chợ cần số quyết định.',
    en: 'A launch needs the number of the decision.',
  }),
};

/** A market cannot take this step; the code says why. */
export class LaunchCannotMove extends DomainError {
  constructor(fault: TransitionFault, from: LaunchState, to: LaunchState) {
    super(fault === 'not_allowed' ? 'conflict' : 'invalid', `launch_${fault}`, TEXT[fault](from, to));
  }
}

export class LaunchMarketNotFound extends DomainError {
  constructor(code: string) {
    super('not_found', 'market_not_found', {
      vi: `Không có chợ mang mã ${code}.`,
      en: `There is no market with the code ${code}.`,
    });
  }
}
