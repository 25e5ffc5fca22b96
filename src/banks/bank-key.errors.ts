import { DomainError } from '../kernel/errors';
import { type BankEnvironment, type BankKeyState, MAX_LIVE_KEYS } from './bank-key.rules';

export class BankKeyNotFound extends DomainError {
  constructor() {
    super('not_found', 'bank_key_not_found', {
      vi: 'Không có khóa mang mã này.',
      en: 'There is no key with this id.',
    });
  }
}

const ENVIRONMENT = { live: { vi: 'chạy thật', en: 'live' }, test: { vi: 'thử nghiệm', en: 'test' } } as const;

export class TooManyBankKeys extends DomainError {
  constructor(environment: BankEnvironment) {
    const { vi, en } = ENVIRONMENT[environment];
    super('conflict', 'bank_key_limit', {
      vi: `Tổ chức này đã có ${MAX_LIVE_KEYS} khóa ${vi} còn hiệu lực. Hãy thu hồi một khóa trước.`,
      en: `This institution already has ${MAX_LIVE_KEYS} ${en} keys that are not retired. Retire one of them first.`,
    });
  }
}

export class BankKeyCannotMove extends DomainError {
  constructor(from: BankKeyState, to: BankKeyState) {
    super('conflict', 'bank_key_state', {
      vi: `Khóa đang ở trạng thái ${from}, không thể chuyển sang ${to}.`,
      en: `The key is ${from} and cannot become ${to}.`,
    });
  }
}

/** A public key signs for one key id only, for ever: whose it is must never be a question. */
export class BankKeyKnown extends DomainError {
  constructor() {
    super('conflict', 'bank_key_known', {
      vi: 'Khóa công khai này đã được đăng ký rồi. Ngân hàng cần tạo một cặp khóa mới.',
      en: 'This public key is registered already. The bank needs to make a new pair.',
    });
  }
}

export class PublicKeyInvalid extends DomainError {
  constructor() {
    super('invalid', 'public_key_invalid', {
      vi: 'Không đọc được khóa công khai: cần khóa Ed25519 dạng PEM (BEGIN PUBLIC KEY) hoặc JWK (OKP, Ed25519).',
      en: 'The public key cannot be read: an Ed25519 key as PEM (BEGIN PUBLIC KEY) or JWK (OKP, Ed25519) is needed.',
    });
  }
}

export class PrivateKeySent extends DomainError {
  constructor() {
    super('invalid', 'private_key_sent', {
      vi: 'Đây là khóa bí mật. Khóa này đã lộ và không được dùng nữa: ngân hàng hãy tạo cặp khóa mới và chỉ gửi khóa công khai.',
      en: 'This is a private key. It has been exposed and must not be used: the bank makes a new pair and sends the public half alone.',
    });
  }
}

export class PublicKeyNotFitting extends DomainError {
  constructor() {
    super('invalid', 'public_key_not_fitting', {
      vi: 'Chỉ khóa ed25519 mới có khóa công khai; với hmac-sha256 hãy bỏ trống.',
      en: 'Only ed25519 has a public key; leave it out with hmac-sha256.',
    });
  }
}

export class BankKeyNotYours extends DomainError {
  constructor() {
    super('forbidden', 'bank_key_not_yours', {
      vi: 'Chỉ người đề nghị cấp khóa mới được nhận khóa này.',
      en: 'Only whoever asked for this key may collect it.',
    });
  }
}

export class BankKeyNotCollectable extends DomainError {
  constructor() {
    super('conflict', 'bank_key_not_collectable', {
      vi: 'Khóa này đã được nhận, đã thu hồi hoặc quá hạn nhận 72 giờ. Nếu đã mất khóa, hãy thu hồi rồi đề nghị cấp khóa mới.',
      en: 'This key was collected, retired, or waited longer than 72 hours. If it is lost, retire it and ask for a new one.',
    });
  }
}

export class LiveKeyNeedsTwo extends DomainError {
  constructor() {
    super('conflict', 'bank_key_needs_two', {
      vi: 'Tổ chức này đã từng có khóa chạy thật: khóa mới cần hai người, hãy đề nghị ở trang Khóa của ngân hàng.',
      en: 'This institution has had a live key before: a new one takes two people, ask for it on the page Bank keys.',
    });
  }
}
