import { type Bilingual, DomainError, type ErrorKind } from '../kernel/errors';

/** Every way a signed request is refused before its body counts (bank-contract §3). Codes never change meaning. */
const REFUSALS = {
  signature_missing: [
    'unauthenticated',
    'Yêu cầu chưa được ký: thiếu Signature hoặc Signature-Input.',
    'The request is not signed: Signature or Signature-Input is missing.',
  ],
  signature_malformed: [
    'unauthenticated',
    'Không đọc được chữ ký: cần đúng một chữ ký theo RFC 9421, mỗi tiêu đề được ký chỉ xuất hiện một lần.',
    'The signature cannot be read: exactly one signature as in RFC 9421, every signed header exactly once.',
  ],
  signature_components_missing: [
    'unauthenticated',
    'Chữ ký chưa bao trùm đủ các thành phần bắt buộc: @method, @target-uri và, khi có nội dung, content-type, content-digest, idempotency-key.',
    'The signature does not cover every required component: @method, @target-uri and, with a body, content-type, content-digest, idempotency-key.',
  ],
  signature_parameters_missing: [
    'unauthenticated',
    'Chữ ký thiếu hoặc sai tham số: created, expires, nonce và keyid đều bắt buộc.',
    'A signature parameter is missing or wrong: created, expires, nonce and keyid are all required.',
  ],
  signature_lifetime_too_long: [
    'unauthenticated',
    'Chữ ký phải hết hạn sau created, muộn nhất là 300 giây.',
    'The signature must expire after its creation, at most 300 seconds later.',
  ],
  signature_expired: [
    'unauthenticated',
    'Chữ ký đã hết hạn. Hãy ký lại, và kiểm tra đồng hồ máy gửi.',
    'The signature has expired. Sign again, and check the clock of the sender.',
  ],
  signature_not_yet_valid: [
    'unauthenticated',
    'Chữ ký được tạo ở tương lai. Hãy kiểm tra đồng hồ máy gửi.',
    'The signature was created in the future. Check the clock of the sender.',
  ],
  key_unknown: ['unauthenticated', 'Không có khóa mang keyid này.', 'There is no key with this keyid.'],
  key_suspended: [
    'forbidden',
    'Khóa này đang bị tạm ngừng hoặc đã thu hồi.',
    'This key is suspended or has been retired.',
  ],
  algorithm_mismatch: [
    'unauthenticated',
    'Tham số alg của chữ ký không phải thuật toán của khóa.',
    'The alg of the signature is not the algorithm of the key.',
  ],
  signature_invalid: [
    'unauthenticated',
    'Chữ ký không khớp với yêu cầu nhận được.',
    'The signature does not match the request that arrived.',
  ],
  nonce_replayed: [
    'unauthenticated',
    'Nonce này đã được dùng. Mỗi yêu cầu, kể cả gửi lại, cần nonce và chữ ký mới.',
    'This nonce has been used. Every request, a retry too, needs a new nonce and signature.',
  ],
  address_not_allowed: [
    'forbidden',
    'Yêu cầu đến từ địa chỉ ngoài danh sách đã đăng ký cho tổ chức này.',
    'The request comes from an address outside of the list that was agreed for this institution.',
  ],
  content_type_missing: ['malformed', 'Thiếu Content-Type.', 'Content-Type is missing.'],
  content_digest_missing: ['malformed', 'Thiếu Content-Digest.', 'Content-Digest is missing.'],
  content_digest_invalid: [
    'malformed',
    'Content-Digest phải có sha-256 với 32 byte base64 (RFC 9530).',
    'Content-Digest must carry sha-256 with 32 bytes in base64 (RFC 9530).',
  ],
  content_digest_mismatch: [
    'invalid',
    'Nội dung nhận được không khớp với Content-Digest đã ký; không có gì được ghi.',
    'The body that arrived does not match the signed Content-Digest; nothing was kept.',
  ],
  idempotency_key_missing: ['malformed', 'Thiếu Idempotency-Key.', 'Idempotency-Key is missing.'],
  idempotency_key_invalid: [
    'malformed',
    'Idempotency-Key phải gồm 1–255 ký tự ASCII nhìn thấy được.',
    'Idempotency-Key must be 1–255 visible ASCII characters.',
  ],
} as const satisfies Record<string, readonly [ErrorKind, string, string]>;

export type SignatureRefusalCode = keyof typeof REFUSALS;

/** For the documentation of signed operations. */
export const SIGNATURE_REFUSALS = Object.keys(REFUSALS) as readonly SignatureRefusalCode[];

export class SignatureRefused extends DomainError {
  constructor(override readonly code: SignatureRefusalCode) {
    const [kind, vi, en] = REFUSALS[code];
    const text: Bilingual = { vi, en };
    super(kind, code, text);
  }
}
