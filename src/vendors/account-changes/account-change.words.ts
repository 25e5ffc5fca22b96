import type { ApprovalFact, ApprovalSummary } from '../../approvals/approval-kind';
import type { BusinessDay } from '../../kernel/business-day';
import type { Bilingual } from '../../kernel/errors';
import type { AccountRecord } from '../payout-accounts.repository';

/** What is said about a change to the second person and to the vendor. Accounts masked, nobody's name. */
export interface ChangeToTell {
  readonly stallNumber: string;
  readonly marketName: string;
  readonly former: AccountRecord | undefined;
  readonly next: AccountRecord;
  readonly fromDay: BusinessDay;
}

export function summaryOf({ stallNumber, former, next, fromDay }: ChangeToTell): ApprovalSummary {
  const [before, after, day] = [shown(former), shown(next), dayText(fromDay)];
  const marks = marksOf(next);
  const facts: ApprovalFact[] = [
    { label: { vi: 'Tài khoản nhận tiền', en: 'Payout account' }, before, after },
    { label: { vi: 'Từ ngày', en: 'From' }, before: null, after: day },
  ];
  return {
    sentence: {
      vi: `Từ ngày ${day}, tiền của khách tại ${stallNumber} vào tài khoản ${after} thay cho ${before}; mã QR đang dùng hết hiệu lực và thẻ cũ phải thu hồi.${marks.vi}`,
      en: `From ${day} customers of ${stallNumber} pay into ${after} instead of ${before}; the code in use ends and its card is recalled.${marks.en}`,
    },
    facts,
  };
}

/** What speaks against an account, as further sentences. */
function marksOf({ verifiedAt, attention }: AccountRecord): Bilingual {
  const marks: Bilingual[] = [];
  if (verifiedAt === null)
    marks.push({ vi: 'Tài khoản mới chưa được xác minh.', en: 'The new account is not verified.' });
  if (attention.includes('holder_other_person'))
    marks.push({ vi: 'Chủ tài khoản mới là người khác.', en: 'Somebody else holds the new account.' });
  return { vi: marks.map(({ vi }) => ` ${vi}`).join(''), en: marks.map(({ en }) => ` ${en}`).join('') };
}

/** Read by the vendor, who knows whether it was asked for. */
export function noticeOf({ stallNumber, marketName, former, next, fromDay }: ChangeToTell): string {
  return (
    `Từ ngày ${dayText(fromDay)}, tiền bán hàng tại ${stallNumber}, ${marketName} chuyển vào tài khoản ${shown(next)} ` +
    `thay cho ${shown(former)}. Thẻ QR cũ không còn hiệu lực, xin đừng dùng nữa. ` +
    `Nếu Ông/Bà không yêu cầu việc này, hãy báo ngay ban quản lý chợ hoặc Sở Công Thương.`
  );
}

function shown(account: AccountRecord | undefined): string {
  return account ? `${account.bankName} ${account.accountNumber.masked}` : '–';
}

function dayText(day: BusinessDay): string {
  return day.split('-').reverse().join('/');
}
