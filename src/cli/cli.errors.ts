import { type Bilingual, DomainError } from '../kernel/errors';

/** A line of standard input that cannot be understood. */
export class LineRefused extends DomainError {
  constructor(code: keyof typeof SENTENCES, detail = '') {
    const text = SENTENCES[code];
    super('malformed', code, { vi: text.vi + detail, en: text.en + detail });
  }
}

const SENTENCES = {
  line_too_long: { vi: 'Dòng quá dài.', en: 'The line is too long.' },
  line_not_utf8: { vi: 'Dòng không phải UTF-8.', en: 'The line is not UTF-8.' },
  line_not_json: { vi: 'Dòng không phải JSON.', en: 'The line is not JSON.' },
  line_not_object: { vi: 'Mỗi dòng phải là một đối tượng JSON.', en: 'Each line must be one JSON object.' },
  duplicate_property: { vi: 'Thuộc tính xuất hiện hai lần: ', en: 'A property stands twice: ' },
  unknown_property: { vi: 'Thuộc tính không có trong hợp đồng: ', en: 'Unknown property: ' },
  missing_property: { vi: 'Thiếu thuộc tính: ', en: 'A property is missing: ' },
  property_not_text: { vi: 'Thuộc tính phải là chuỗi ký tự: ', en: 'A property must be a string: ' },
  amount_not_whole: {
    vi: 'Số tiền phải là số nguyên đồng, chỉ gồm chữ số: ',
    en: 'The amount must be whole đồng, in digits alone: ',
  },
} satisfies Record<string, Bilingual>;
