import { DomainError } from '../kernel/errors';

/** A file named on the command line cannot be read. */
export class FileUnreadable extends DomainError {
  constructor(path: string) {
    super('not_found', 'file_unreadable', { vi: `Không đọc được ${path}.`, en: `Cannot read ${path}.` });
  }
}

export class SigningKeyInvalid extends DomainError {
  constructor() {
    super('invalid', 'signing_key_invalid', {
      vi: 'Khóa không đúng dạng: ed25519 cần PKCS #8 PEM, hmac-sha256 cần base64.',
      en: 'The key has the wrong form: ed25519 needs PKCS #8 PEM, hmac-sha256 needs base64.',
    });
  }
}
