import { DomainError } from '../kernel/errors';
import { MAX_LIVE_KEYS } from './bank-key.rules';

export class BankKeyNotFound extends DomainError {
  constructor() {
    super('not_found', 'bank_key_not_found', {
      vi: 'Không có khóa mang mã này.',
      en: 'There is no key with this id.',
    });
  }
}

export class TooManyBankKeys extends DomainError {
  constructor() {
    super('conflict', 'bank_key_limit', {
      vi: `Tổ chức này đã có ${MAX_LIVE_KEYS} khóa còn hiệu lực. Hãy thu hồi một khóa trước.`,
      en: `This institution already has ${MAX_LIVE_KEYS} live keys. Retire one of them first.`,
    });
  }
}

export class BankKeyCannotMove extends DomainError {
  constructor(from: string, to: string) {
    super('conflict', 'bank_key_state', {
      vi: `Khóa đang ở trạng thái ${from}, không thể chuyển sang ${to}.`,
      en: `The key is ${from} and cannot become ${to}.`,
    });
  }
}
