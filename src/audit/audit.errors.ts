import { DomainError } from '../kernel/errors';

export class AuditEntryNotFound extends DomainError {
  constructor() {
    super('not_found', 'audit_entry_not_found', {
      vi: 'Không có mục nhật ký này trong phạm vi của bạn.',
      en: 'There is no such audit entry within your reach.',
    });
  }
}

export class CheckpointUnreadable extends DomainError {
  constructor(line: number) {
    super('malformed', 'checkpoint_unreadable', {
      vi: `Dòng ${line} không phải là điểm mốc của nhật ký: mỗi dòng là một đối tượng JSON do “audit checkpoint” in ra.`,
      en: `Line ${line} is no checkpoint of the trail: each line is a JSON object that "audit checkpoint" printed.`,
    });
  }
}

export class CheckpointKeyUnknown extends DomainError {
  constructor(position: string) {
    super('invalid', 'checkpoint_key_unknown', {
      vi: `Điểm mốc ${position} được ký bằng khoá khác. Hãy đặt khoá cũ vào SEALING_KEYS_READ rồi kiểm tra lại.`,
      en: `Checkpoint ${position} was stamped with another key. Put the former key into SEALING_KEYS_READ and try again.`,
    });
  }
}
