import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { StaffService } from '../access/staff.service';
import { SignInService } from '../access/sign-in.service';
import { addDays, type BusinessDay } from '../kernel/business-day';
import { LaunchesService } from '../launches/launches.service';
import { MarketImportService } from '../markets/market-import.service';
import { QrIssuesService } from '../qr/qr-issues.service';
import { ConsentsService } from '../vendors/consents.service';
import { VendorImportService } from '../vendors/vendor-import.service';
import { PayoutAccountsService } from '../vendors/payout-accounts.service';
import { DEMO_PASSWORD, DEMO_SIGN_INS, LAUNCH_WAYS, REGISTERED_DAYS_AGO, VENDOR_LISTS } from './demo-plan';
import type { SeedClock } from './seed-clock';

const FOLDER = join(__dirname, '..', '..', '..', 'demo');

/** People who can sign in, with the password that the demo prints. */
export async function enrolStaff(app: INestApplicationContext): Promise<void> {
  for (const { email, fullName, role, area } of DEMO_SIGN_INS) {
    const { token } = await app.get(StaffService, { strict: false }).invite({ email, fullName, role, area });
    await app
      .get(SignInService, { strict: false })
      .activate(
        { token, password: DEMO_PASSWORD },
        { address: '127.0.0.1', userAgent: 'npm run demo', formerSessionId: null },
      );
  }
}

/** Brings in the department's list and the boards' lists, as their files are. */
export async function registerProvince(app: INestApplicationContext): Promise<{ markets: number; stalls: number }> {
  const province = await app.get(MarketImportService, { strict: false }).import(listFile('markets.csv'));
  let stalls = 0;
  for (const { marketCode, file } of VENDOR_LISTS) {
    const report = await app.get(VendorImportService, { strict: false }).import(marketCode, listFile(file));
    stalls += report.registered;
  }
  return { markets: province.registered, stalls };
}

function listFile(fileName: string) {
  return { fileName, bytes: readFileSync(join(FOLDER, fileName)), dryRun: false, language: 'vi' } as const;
}

/** Accounts checked with the banks, consents collected, codes issued. @returns codes issued */
export async function issueCodes(app: INestApplicationContext): Promise<number> {
  let issued = 0;
  for (const { marketCode, consents } of VENDOR_LISTS) {
    await app.get(PayoutAccountsService, { strict: false }).verifyMarket(marketCode, { how: 'bank_reply' });
    if (consents) {
      const consent = { purpose: 'stall_figures', textVersion: '2026-01', givenHow: 'form' } as const;
      await app.get(ConsentsService, { strict: false }).giveForMarket(marketCode, consent);
    }
    issued += (await app.get(QrIssuesService, { strict: false }).issueForMarket(marketCode, undefined)).issued;
  }
  return issued;
}

/** Every market goes its way, each step on its own day. */
export async function goTheWay(app: INestApplicationContext, clock: SeedClock, today: BusinessDay): Promise<void> {
  const launches = app.get(LaunchesService, { strict: false });
  const steps = Object.entries(LAUNCH_WAYS)
    .flatMap(([code, way]) => way.map(([toState, daysAgo]) => ({ code, toState, daysAgo })))
    .sort((a, b) => b.daysAgo - a.daysAgo);
  for (const { code, toState, daysAgo } of steps) {
    const onDay = addDays(today, -daysAgo);
    clock.goTo(onDay, 9);
    await launches.move(code, {
      toState,
      onDay,
      leadAgency: toState === 'surveyed' ? 'UBND xã, phường' : 'Sở Công Thương',
      reason: REASONS[toState] ?? 'Theo kế hoạch triển khai chợ 4.0 của tỉnh',
      ...(toState === 'launched' && { decisionNumber: `${300 + daysAgo}/QĐ-UBND`, place: 'Cổng chính của chợ' }),
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  surveyed: 'Khảo sát hiện trạng, đo tín hiệu mạng tại chợ',
  eligible: 'Đủ tiêu chí theo biên bản kiểm tra',
  launched: 'Lễ khai trương chợ 4.0',
  suspended: 'Tạm dừng để sửa chữa nhà lồng',
  withdrawn: 'Ban quản lý xin rút để sáp nhập với chợ lân cận',
};

export function registrationDay(today: BusinessDay): BusinessDay {
  return addDays(today, -REGISTERED_DAYS_AGO);
}
