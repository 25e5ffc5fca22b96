import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Env } from '../platform/config/env';
import { Database, type Tx } from '../platform/db/database';
import { currentActor } from '../platform/actor';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { encodeVietQr } from '../vietqr/encode';
import type { CardFace } from './card-face';
import { ISSUE_FAULTS, issueFault, serialOf } from './qr-issue.rules';
import {
  type IssueRow,
  type MarketKey,
  type NewIssue,
  QrIssuesRepository,
  type StallFacts,
  type VendorCode,
} from './qr-issues.repository';
import { QrIssueNotFound, QrIssueRetired, QrMarketNotFound, QrStallNotFound } from './qr.errors';
import type { IssueResult, IssuesQuery, QrIssue } from './qr.schema';

const SWEEP_BATCH = 500;
/** More than any market has. */
const WHOLE_MARKET = 100_000;

/** Static codes of stalls: issued once, frozen, retired when account or vendor change. */
@Injectable()
export class QrIssuesService {
  constructor(
    private readonly database: Database,
    private readonly issues: QrIssuesRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly env: Env,
  ) {}

  /** Every code ever issued to a vendor, newest first. */
  ofVendor(tx: Tx, vendorId: string): Promise<VendorCode[]> {
    return this.issues.ofVendor(tx, vendorId);
  }

  /**
   * Issues a code for every stall that may have one and has none; the others are named with the reason. Safe to repeat.
   * @param stallCodes only these
   * @throws QrMarketNotFound, QrStallNotFound for a stall that is not of this market
   */
  issueForMarket(marketCode: string, stallCodes: readonly string[] | undefined): Promise<IssueResult> {
    return this.database.write(async (tx) => {
      const market = await this.market(tx, marketCode);
      await this.retireOutdatedOf(tx, market.id);
      const stalls = await this.stallsOf(tx, market.id, stallCodes);
      const ready = stalls.filter((stall) => issueFault(stall, { reissue: false }) === null);
      await this.issue(tx, ready);
      if (ready.length > 0) {
        await this.audit.record(tx, {
          action: 'qr_issued',
          subjectType: 'market',
          subjectId: market.code,
          after: { stalls: ready.map(({ stallCode }) => stallCode) },
        });
      }
      return { issued: ready.length, skipped: stalls.flatMap((stall) => skippedStall(stall, false)) };
    });
  }

  /** Stalls of the market as of today; `stallCodes`: just these. @throws QrStallNotFound for one that is not of it */
  async stallsOf(tx: Tx, marketId: string, stallCodes: readonly string[] | undefined): Promise<StallFacts[]> {
    const stalls = await this.issues.stallsOf(tx, marketId, this.clock.today(), stallCodes);
    const known = new Set<string>(stalls.map(({ stallCode }) => stallCode));
    const stranger = stallCodes?.find((code) => !known.has(code));
    if (stranger !== undefined) throw new QrStallNotFound(stranger);
    return stalls;
  }

  /** Retires the stalls' codes, where they have one, and issues the next ones. @returns the new serials, in order */
  async replace(tx: Tx, stalls: readonly StallFacts[], reason: string, approvalId?: string): Promise<string[]> {
    const now = this.clock.now();
    for (const { activeSerial } of stalls) {
      if (activeSerial !== null) await this.issues.retire(tx, activeSerial, reason, now);
    }
    const issued = await this.issue(tx, stalls);
    for (const [index, { serial, issueNo }] of issued.entries()) {
      await this.audit.record(tx, {
        action: 'qr_reissued',
        subjectType: 'stall',
        subjectId: stalls[index]?.stallCode ?? '',
        before: { serial: stalls[index]?.activeSerial ?? null },
        after: { serial, issueNo, ...(approvalId !== undefined && { approvalId }) },
        reason,
      });
    }
    return issued.map(({ serial }) => serial);
  }

  /** Retires codes whose stall has another account or vendor by now: a later change ends the old code everywhere. */
  retireOutdated(): Promise<number> {
    return this.database.write(async (tx) => {
      const outdated = await this.issues.outdated(tx, this.clock.today(), SWEEP_BATCH);
      // In one order, so that two that sweep and issue at once never wait for each other.
      const markets = [...new Set(outdated.map(({ marketId }) => marketId))].sort();
      let retired = 0;
      for (const marketId of markets) retired += await this.retireOutdatedOf(tx, marketId);
      return retired;
    });
  }

  /** As {@link retireOutdated} for one market, in the transaction of what outdated them. @returns how many */
  async retireOutdatedOf(tx: Tx, marketId: string): Promise<number> {
    await this.issues.lockMarket(tx, marketId);
    const outdated = await this.issues.outdated(tx, this.clock.today(), WHOLE_MARKET, marketId);
    let retired = 0;
    for (const { serial, reason } of outdated) {
      if (!(await this.issues.retire(tx, serial, reason, this.clock.now()))) continue;
      await this.audit.record(tx, { action: 'qr_retired', subjectType: 'qr_issue', subjectId: serial, reason });
      retired += 1;
    }
    return retired;
  }

  /** What may be printed of a market today, in stall order; outdated codes are retired first. */
  async printable(tx: Tx, marketId: string): Promise<CardFace[]> {
    await this.retireOutdatedOf(tx, marketId);
    const rows = await this.issues.active(tx, marketId);
    return rows.map(({ face }) => face);
  }

  /** @throws QrMarketNotFound */
  async market(tx: Tx, code: string): Promise<MarketKey> {
    const market = await this.issues.findMarket(tx, code);
    if (!market) throw new QrMarketNotFound(code);
    return market;
  }

  /** @throws QrMarketNotFound, CursorInvalid */
  list(marketCode: string, query: IssuesQuery): Promise<Page<QrIssue>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.text, CURSOR_PART.text, CURSOR_PART.integer]);
    return this.database.read(async (tx) => {
      const market = await this.market(tx, marketCode);
      const total = await this.issues.count(tx, market.id, query.state);
      const rows = await this.issues.list(tx, market.id, query.state, after, query.limit);
      const key = ({ sortKey, stallCode, issueNo }: IssueRow): string[] => [sortKey, stallCode, String(issueNo)];
      return pageOf(rows, { limit: query.limit, total, key, item: issueOf });
    });
  }

  /** The code as it may be printed again. @throws QrIssueNotFound, QrIssueRetired */
  async findActive(serial: string): Promise<IssueRow> {
    const row = await this.find(serial);
    if (row.state === 'retired') throw new QrIssueRetired();
    return row;
  }

  /** @throws QrIssueNotFound */
  find(serial: string): Promise<IssueRow> {
    return this.database.read((tx) => this.require(tx, serial));
  }

  /** @throws QrIssueNotFound */
  async require(tx: Tx, serial: string): Promise<IssueRow> {
    const row = await this.issues.find(tx, serial);
    if (!row) throw new QrIssueNotFound();
    return row;
  }

  private async issue(tx: Tx, stalls: readonly StallFacts[]): Promise<NewIssue[]> {
    const numbers = await this.issues.takeSerials(tx, stalls.length);
    const issues = stalls.map((stall, i) => this.newIssue(stall, serialOf(numbers[i] as bigint)));
    await this.issues.insert(tx, issues);
    return issues;
  }

  private newIssue(stall: StallFacts, serial: string): NewIssue {
    const { stallId, marketId, vendorId, accountId, bankBin, accountNumber } = stall;
    if (!vendorId || !accountId || !bankBin || !accountNumber)
      throw new Error(`stall ${stall.stallCode} has no account`);
    // Printed on the sticker for everybody to scan: the one place where an account number is public (decision 0017).
    const payload = encodeVietQr({ bin: bankBin, account: accountNumber.reveal(), content: stall.stallCode });
    const issuedOn = this.clock.today();
    const issueNo = stall.lastIssueNo + 1;
    const face: CardFace = {
      marketName: stall.marketName,
      zone: stall.zone,
      stallNumber: stall.stallNumber,
      stallCode: stall.stallCode,
      vendorName: stall.vendorName ?? '',
      bankName: stall.bankName ?? bankBin,
      accountMasked: accountNumber.masked,
      holderName: stall.holderName ?? '',
      serial,
      issueNumber: issueNo,
      issuedDay: issuedOn,
      payload,
      verifyUrl: `${this.env.publicUrl}/v/${serial}`,
      demo: this.env.demo,
    };
    const issuedBy = currentActor().id;
    const issuedAt = this.clock.now();
    return {
      id: this.ids.uuid(),
      stallId,
      marketId,
      vendorId,
      accountId,
      issueNo,
      serial,
      payload,
      face,
      issuedOn,
      issuedAt,
      issuedBy,
    };
  }
}

/** Why a stall was left out, if it was; a re-issue leaves out stalls that have no code. */
export function skippedStall(stall: StallFacts, reissue: boolean): IssueResult['skipped'] {
  const code = issueFault(stall, { reissue }) ?? (reissue && stall.activeSerial === null ? 'never_issued' : null);
  if (code === null) return [];
  const { stallCode, stallNumber } = stall;
  return [{ stallCode, stallNumber, code, message: ISSUE_FAULTS[code].vi, messageEn: ISSUE_FAULTS[code].en }];
}

/** Without payload and clear account: what screens show. */
export function issueOf(row: IssueRow): QrIssue {
  return {
    serial: row.serial,
    issueNo: row.issueNo,
    stallCode: row.stallCode,
    stallNumber: row.stallNumber,
    marketCode: row.marketCode,
    vendorName: row.face.vendorName,
    bankName: row.face.bankName,
    accountMasked: row.face.accountMasked,
    holderName: row.face.holderName,
    issuedOn: row.issuedOn,
    state: row.state,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    retiredReason: row.retiredReason,
  };
}
