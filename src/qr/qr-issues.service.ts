import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Env } from '../platform/config/env';
import { Database, type Tx } from '../platform/db/database';
import { currentActor } from '../platform/http/actor';
import { CURSOR_PART, decodeCursor, type Page, pageOf } from '../platform/http/page';
import { encodeVietQr } from '../vietqr/encode';
import { type CardFace, maskAccount } from './card-face';
import { ISSUE_FAULTS, issueFault, serialOf } from './qr-issue.rules';
import { type IssueRow, type NewIssue, QrIssuesRepository, type StallFacts } from './qr-issues.repository';
import { QrIssueNotFound, QrMarketNotFound, QrNotIssuable, QrStallNotFound } from './qr.errors';
import type { IssueResult, IssuesQuery, QrIssue } from './qr.schema';

const SWEEP_BATCH = 500;

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

  /**
   * Issues a code for every stall that may have one and has none; the others are named with the reason. Safe to repeat.
   * @param stallCodes only these
   * @throws QrMarketNotFound
   */
  issueForMarket(marketCode: string, stallCodes: readonly string[] | undefined): Promise<IssueResult> {
    return this.database.write(async (tx) => {
      const market = await this.issues.findMarket(tx, marketCode);
      if (!market) throw new QrMarketNotFound(marketCode);
      const all = await this.issues.lockMarketStalls(tx, market.id, this.clock.today());
      const wanted = stallCodes && new Set(stallCodes);
      const stalls = wanted ? all.filter(({ stallCode }) => wanted.has(stallCode)) : all;
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
      return { issued: ready.length, skipped: stalls.flatMap(skipped) };
    });
  }

  /** Retires the stall's code, if any, and issues the next one. @throws QrStallNotFound, QrNotIssuable */
  reissue(stallCode: string, reason: string): Promise<QrIssue> {
    return this.database.write(async (tx) => {
      const stall = await this.issues.lockStall(tx, stallCode, this.clock.today());
      if (!stall) throw new QrStallNotFound(stallCode);
      const fault = issueFault(stall, { reissue: true });
      if (fault) throw new QrNotIssuable(fault);
      await this.issues.retire(tx, [stall.stallId], reason, this.clock.now());
      const [issue] = await this.issue(tx, [stall]);
      await this.audit.record(tx, {
        action: 'qr_reissued',
        subjectType: 'stall',
        subjectId: stallCode,
        before: { serial: stall.activeSerial },
        after: { serial: issue?.serial, issueNo: issue?.issueNo },
        reason,
      });
      return issueOf((await this.issues.find(tx, issue?.serial ?? '')) as IssueRow);
    });
  }

  /** Retires codes whose stall has another account or vendor by now: a later change ends the old code everywhere. */
  async retireOutdated(): Promise<number> {
    return this.database.write(async (tx) => {
      const outdated = await this.issues.outdated(tx, this.clock.today(), SWEEP_BATCH);
      for (const { stallId, serial, reason } of outdated) {
        await this.issues.retire(tx, [stallId], reason, this.clock.now());
        await this.audit.record(tx, { action: 'qr_retired', subjectType: 'qr_issue', subjectId: serial, reason });
      }
      return outdated.length;
    });
  }

  /** @throws QrMarketNotFound, CursorInvalid */
  list(marketCode: string, query: IssuesQuery): Promise<Page<QrIssue>> {
    const after = decodeCursor(query.cursor, [CURSOR_PART.text, CURSOR_PART.text, CURSOR_PART.integer]);
    return this.database.read(async (tx) => {
      const market = await this.issues.findMarket(tx, marketCode);
      if (!market) throw new QrMarketNotFound(marketCode);
      const total = await this.issues.count(tx, market.id, query.state);
      const rows = await this.issues.list(tx, market.id, query.state, after, query.limit);
      const key = ({ sortKey, stallCode, issueNo }: IssueRow): string[] => [sortKey, stallCode, String(issueNo)];
      return pageOf(rows, { limit: query.limit, total, key, item: issueOf });
    });
  }

  /** @throws QrIssueNotFound */
  async find(serial: string): Promise<IssueRow> {
    const row = await this.database.read((tx) => this.issues.find(tx, serial));
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
    const payload = encodeVietQr({ bin: bankBin, account: accountNumber, content: stall.stallCode });
    const issuedOn = this.clock.today();
    const issueNo = stall.lastIssueNo + 1;
    const face: CardFace = {
      marketName: stall.marketName,
      zone: stall.zone,
      stallNumber: stall.stallNumber,
      stallCode: stall.stallCode,
      vendorName: stall.vendorName ?? '',
      bankName: stall.bankName ?? bankBin,
      accountMasked: maskAccount(accountNumber),
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

function skipped(stall: StallFacts): IssueResult['skipped'] {
  const code = issueFault(stall, { reissue: false });
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
