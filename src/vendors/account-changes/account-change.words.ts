import type { ApprovalFact, ApprovalSummary } from '../../approvals/approval-kind';
import type { BusinessDay } from '../../kernel/business-day';
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
  const facts: ApprovalFact[] = [
    { label: { vi: 'Tài khoản nhận tiền', en: 'Payout account' }, before, after },
    { label: { vi: 'Đã xác minh', en: 'Verified' }, before: null, after: next.verifiedAt === null ? '✗' : '✓' },
    { label: { vi: 'Từ ngày', en: 'From' }, before: null, after: day },
  ];
  return {
    sentence: {
      vi: `Từ ngày ${day}, tiền của khách tại ${stallNumber} vào tài khoản ${after} thay cho ${before}; mã QR đang dùng hết hiệu lực và thẻ cũ phải thu hồi.`,
      en: `From ${day} customers of ${stallNumber} pay into ${after} instead of ${before}; the code in use ends and its card is recalled.`,
    },
    facts,
  };
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
