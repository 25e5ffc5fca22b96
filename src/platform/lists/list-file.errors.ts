import { DomainError } from '../../kernel/errors';

export class ListTooLarge extends DomainError {
  constructor(limitBytes: number) {
    const limit = Math.floor(limitBytes / 1_048_576);
    super('too_large', 'list_too_large', {
      vi: `Danh sách lớn hơn ${limit} MB; hãy chia thành nhiều tệp.`,
      en: `The list is larger than ${limit} MB; split it into several files.`,
    });
  }
}

export class ListEmpty extends DomainError {
  constructor() {
    super('invalid', 'list_empty', {
      vi: 'Tệp không có dòng nào.',
      en: 'The file has no rows.',
    });
  }
}

export class ListEncodingWrong extends DomainError {
  constructor() {
    super('invalid', 'list_encoding', {
      vi: 'Tệp không phải UTF-8. Trong Excel hãy chọn lưu dạng "CSV UTF-8".',
      en: 'The file is not UTF-8. In Excel save it as "CSV UTF-8".',
    });
  }
}

export class ListFormatUnknown extends DomainError {
  constructor() {
    super('unsupported', 'list_format_not_supported', {
      vi: 'Chỉ đọc được tệp CSV (UTF-8). Tệp Excel hãy lưu thành "CSV UTF-8" rồi gửi lại.',
      en: 'Only CSV (UTF-8) can be read. Save a workbook as "CSV UTF-8" and send that.',
    });
  }
}

export class ListHasNul extends DomainError {
  constructor(line: number) {
    super('invalid', 'list_nul_character', {
      vi: `Dòng ${line} có ký tự NUL; tệp đã hỏng.`,
      en: `Line ${line} holds a NUL character; the file is damaged.`,
    });
  }
}

export class ListHeaderMissing extends DomainError {
  constructor(titles: readonly string[]) {
    super('invalid', 'list_header_missing', {
      vi: `Dòng đầu thiếu cột: ${titles.join(', ')}. Kiểm tra dòng tiêu đề và dấu phân cách (phẩy hoặc chấm phẩy).`,
      en: `The first line lacks the columns ${titles.join(', ')}. Check the titles and the delimiter (comma or semicolon).`,
    });
  }
}

export class ListHeaderTwice extends DomainError {
  constructor(title: string) {
    super('invalid', 'list_header_twice', {
      vi: `Cột "${title}" xuất hiện hai lần ở dòng tiêu đề.`,
      en: `The column "${title}" stands twice in the first line.`,
    });
  }
}

export class ListQuoteBroken extends DomainError {
  constructor(line: number) {
    super('invalid', 'list_quote_broken', {
      vi: `Dấu ngoặc kép từ dòng ${line} sai hoặc không đóng; tệp có thể bị cắt.`,
      en: `A quote from line ${line} on is wrong or never closed; the file may be cut.`,
    });
  }
}

export class ListRowIncomplete extends DomainError {
  constructor(line: number, fields: number, expected: number) {
    super('invalid', 'list_row_incomplete', {
      vi: `Dòng ${line} có ${fields} ô, dòng tiêu đề có ${expected}; tệp có thể bị cắt hoặc sai dấu phân cách.`,
      en: `Line ${line} has ${fields} cells, the first line ${expected}; the file may be cut or its delimiter wrong.`,
    });
  }
}

export class ListTooManyRows extends DomainError {
  constructor(limit: number) {
    super('too_large', 'list_too_many_rows', {
      vi: `Danh sách có hơn ${limit} dòng; hãy chia thành nhiều tệp.`,
      en: `The list has more than ${limit} rows; split it into several files.`,
    });
  }
}
