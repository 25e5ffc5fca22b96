import { z } from 'zod';
import { type Bilingual, DomainError, type ErrorKind } from '../../kernel/errors';
import type { Language } from './language';

const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  precondition_required: 428,
  rate_limited: 429,
  unavailable: 503,
};

const TITLE: Record<ErrorKind | 'internal', Bilingual> = {
  malformed: { vi: 'Yêu cầu không đọc được', en: 'The request cannot be read' },
  unauthenticated: { vi: 'Cần đăng nhập', en: 'Sign-in required' },
  forbidden: { vi: 'Không có quyền', en: 'Not allowed' },
  not_found: { vi: 'Không tìm thấy', en: 'Not found' },
  conflict: { vi: 'Xung đột với dữ liệu hiện có', en: 'Conflict with what is there' },
  precondition_failed: { vi: 'Dữ liệu đã thay đổi', en: 'The record has changed' },
  too_large: { vi: 'Nội dung quá lớn', en: 'Too large' },
  unsupported: { vi: 'Định dạng không được hỗ trợ', en: 'Format not supported' },
  invalid: { vi: 'Dữ liệu không hợp lệ', en: 'Invalid data' },
  precondition_required: { vi: 'Thiếu If-Match', en: 'If-Match is missing' },
  rate_limited: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' },
  unavailable: { vi: 'Tạm thời không phục vụ được', en: 'Temporarily unavailable' },
  internal: { vi: 'Lỗi hệ thống', en: 'Internal error' },
};

/** RFC 9457 problem details, with our stable code and the id to read over the phone (bank-contract §5). */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:cho40:problem:market_not_found' }),
    title: z.string().meta({ example: 'Không tìm thấy' }),
    status: z.int().meta({ example: 404 }),
    detail: z.string().meta({ example: 'Không có chợ mang mã 92ST999.' }),
    instance: z.string().meta({ example: '/api/v1/markets/92ST999' }),
    code: z.string().meta({ description: 'Stable, snake_case; match on this', example: 'market_not_found' }),
    traceId: z.string().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ example: '/name' }),
          line: z.int().optional(),
          column: z.string().optional(),
          code: z.string().meta({ example: 'required' }),
          message: z.string().meta({ example: 'Bắt buộc phải có.' }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export type Problem = z.infer<typeof problemSchema>;

export interface ProblemContext {
  readonly language: Language;
  readonly instance: string;
  readonly traceId: string;
}

/** A refusal as its problem document. */
export function problemOf(error: DomainError, context: ProblemContext): Problem {
  const { language } = context;
  return {
    type: `urn:cho40:problem:${error.code}`,
    title: TITLE[error.kind][language],
    status: STATUS[error.kind],
    detail: error.text[language],
    instance: context.instance,
    code: error.code,
    traceId: context.traceId,
    ...(error.fields.length > 0 && {
      errors: error.fields.map(({ message, ...field }) => ({ ...field, message: message[language] })),
    }),
  };
}

/** A defect of ours: says nothing about its cause, which stands in the log under the same trace id. */
export function internalProblem(context: ProblemContext): Problem {
  const detail: Bilingual = {
    vi: 'Đã xảy ra lỗi ngoài dự kiến; dữ liệu không bị thay đổi dở dang. Vui lòng thử lại, hoặc báo mã theo dõi cho bộ phận hỗ trợ.',
    en: 'Something unexpected happened; nothing was left half-done. Try again, or tell support the trace id.',
  };
  return {
    type: 'urn:cho40:problem:internal_error',
    title: TITLE.internal[context.language],
    status: 500,
    detail: detail[context.language],
    instance: context.instance,
    code: 'internal_error',
    traceId: context.traceId,
  };
}
