import type { Letter } from '../../platform/mail/mailer';
import type { LinkPurpose, OneTimeLink } from '../one-time-links';

const WHEN = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

const WORDS: Readonly<Record<LinkPurpose, { readonly subject: string; readonly lead: string }>> = {
  activate: {
    subject: 'Mời sử dụng hệ thống Chợ 4.0',
    lead: 'Bạn được cấp tài khoản trên hệ thống Chợ 4.0. Hãy mở liên kết dưới đây để đặt mật khẩu:',
  },
  reset: {
    subject: 'Đặt lại mật khẩu hệ thống Chợ 4.0',
    lead: 'Quản trị viên đã tạo cho bạn một liên kết để đặt lại mật khẩu trên hệ thống Chợ 4.0:',
  },
};

/** The letter that carries a one-time link. In Vietnamese: it comes from an office, whatever a screen is switched to. */
export function linkLetter(
  person: { readonly fullName: string; readonly email: string },
  purpose: LinkPurpose,
  { link, expiresAt }: Pick<OneTimeLink, 'link' | 'expiresAt'>,
): Letter {
  const { subject, lead } = WORDS[purpose];
  const lines = [
    `Kính gửi ${person.fullName},`,
    '',
    lead,
    '',
    link,
    '',
    `Liên kết chỉ dùng được một lần, đến ${whenText(expiresAt)} (giờ Việt Nam). Không chuyển tiếp thư này cho người khác.`,
    '',
    'Nếu bạn không chờ thư này, hãy báo cho quản trị viên hệ thống và bỏ qua liên kết.',
    '',
    'Thư được gửi tự động, xin không trả lời.',
  ];
  return { to: { name: person.fullName, address: person.email }, subject, text: lines.join('\n') };
}

/** `09:00 ngày 25/11/2026`. */
function whenText(instant: Date): string {
  const parts = Object.fromEntries(WHEN.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.hour}:${parts.minute} ngày ${parts.day}/${parts.month}/${parts.year}`;
}
