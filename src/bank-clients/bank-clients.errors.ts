import { DomainError } from '../kernel/errors';

export class BankClientNotFound extends DomainError {
  constructor(bin: string) {
    super('not_found', 'bank_client_not_found', {
      vi: `Không có tổ chức nào mang mã BIN ${bin} trong danh mục.`,
      en: `The directory has no institution with the BIN ${bin}.`,
    });
  }
}
