import type { z } from 'zod';
import { type Bilingual, DomainError, type ErrorKind, type FieldProblem } from '../../kernel/errors';
import { escapePointer } from './json-text.rules';

/** The body, query or path does not fit its schema; every wrong field is named. */
export class RequestInvalid extends DomainError {
  constructor(fields: readonly FieldProblem[]) {
    super(
      'invalid',
      'request_invalid',
      { vi: 'Yêu cầu có trường không hợp lệ; xem danh sách errors.', en: 'Some fields are not valid; see errors.' },
      fields,
    );
  }
}

/** Compressed bodies are refused unread: ours are small, and a few kilobytes can swell to gigabytes. */
export class ContentEncodingNotSupported extends DomainError {
  constructor() {
    super('unsupported', 'content_encoding_not_supported', {
      vi: 'Không nhận nội dung nén: hãy gửi không kèm Content-Encoding.',
      en: 'Compressed bodies are not taken: send without Content-Encoding.',
    });
  }
}

/** The type of the body is none that this operation takes. */
export class ContentTypeNotSupported extends DomainError {
  constructor() {
    super('unsupported', 'content_type_not_supported', {
      vi: 'Content-Type này không được hỗ trợ.',
      en: 'This Content-Type is not supported.',
    });
  }
}

const MALFORMED: Refusal = {
  kind: 'malformed',
  code: 'request_malformed',
  text: { vi: 'Không đọc được yêu cầu.', en: 'The request cannot be read.' },
};
const NOT_FOUND: Refusal = {
  kind: 'not_found',
  code: 'not_found',
  text: { vi: 'Không có gì ở địa chỉ này.', en: 'There is nothing at this address.' },
};

/** What does not come as a request should, before anybody asks what it is about. */
export class RequestMalformed extends DomainError {
  constructor() {
    super(MALFORMED.kind, MALFORMED.code, MALFORMED.text);
  }
}

interface Refusal {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly text: Bilingual;
}

/** What a framework refused before our code was reached, in our words. */
const FRAMEWORK: Readonly<Record<number, Refusal>> = {
  401: { kind: 'unauthenticated', code: 'sign_in_required', text: { vi: 'Hãy đăng nhập.', en: 'Please sign in.' } },
  403: {
    kind: 'forbidden',
    code: 'forbidden',
    text: { vi: 'Thao tác này không được phép.', en: 'This is not allowed.' },
  },
  404: NOT_FOUND,
  405: NOT_FOUND,
  413: {
    kind: 'too_large',
    code: 'body_too_large',
    text: { vi: 'Nội dung gửi lên quá lớn.', en: 'The body is too large.' },
  },
  429: {
    kind: 'rate_limited',
    code: 'rate_limited',
    text: { vi: 'Quá nhiều yêu cầu; hãy thử lại sau.', en: 'Too many requests; try again later.' },
  },
};

/** A framework's refusal by its status; null for 5xx, which are defects of ours. */
export function frameworkRefusal(status: number): DomainError | null {
  if (status < 400 || status >= 500) return null;
  if (status === 415) return new ContentTypeNotSupported();
  const { kind, code, text } = FRAMEWORK[status] ?? MALFORMED;
  return new DomainError(kind, code, text);
}

type Issue = z.core.$ZodIssue;

/** Schema issues as field problems: a stable code and both languages, whatever the validator's own wording. */
export function fieldProblems(issues: readonly Issue[]): FieldProblem[] {
  return issues.slice(0, 100).flatMap((issue) => {
    const pointer = pointerOf(issue.path);
    if (issue.code !== 'unrecognized_keys') return [{ pointer, ...meaning(issue) }];
    return issue.keys.slice(0, 20).map((key) => ({
      pointer: `${pointer}/${escapePointer(key)}`,
      code: 'unknown_property',
      message: { vi: 'Trường này không tồn tại.', en: 'There is no such property.' },
    }));
  });
}

function meaning(issue: Issue): { code: string; message: Bilingual } {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? { code: 'required', message: { vi: 'Bắt buộc phải có.', en: 'This is required.' } }
        : { code: 'wrong_type', message: { vi: 'Sai kiểu dữ liệu.', en: 'This has the wrong type.' } };
    case 'too_small':
      return { code: 'too_small', message: { vi: `Ít nhất ${issue.minimum}.`, en: `At least ${issue.minimum}.` } };
    case 'too_big':
      return { code: 'too_big', message: { vi: `Nhiều nhất ${issue.maximum}.`, en: `At most ${issue.maximum}.` } };
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return { code: 'not_allowed', message: { vi: `Chỉ nhận: ${values}.`, en: `One of: ${values}.` } };
    }
    default:
      return { code: 'invalid', message: { vi: 'Giá trị không hợp lệ.', en: 'This value is not valid.' } };
  }
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapePointer(String(key))}`).join('');
}
