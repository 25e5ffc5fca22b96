import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApprovalKind, ApprovalSummary, AskedFor } from '../approvals/approval-kind';
import type { Approval } from '../approvals/approvals.schema';
import { Approvals } from '../approvals/approvals.service';
import { Clock } from '../kernel/clock';
import { stallCodeSchema } from '../kernel/stall-code';
import { Database, type Tx } from '../platform/db/database';
import { issueFault, REISSUE_WINDOW_MS, takesTwoPeople } from './qr-issue.rules';
import { type MarketKey, QrIssuesRepository, type StallFacts } from './qr-issues.repository';
import { issueOf, QrIssuesService, skippedStall } from './qr-issues.service';
import { NothingToReissue, QrNotIssuable, QrStallNotFound } from './qr.errors';
import type { MassReissueInput, MassReissueResult, QrIssue } from './qr.schema';

const massReissueSchema = z.strictObject({
  marketCode: z.string(),
  /** The cards that end, with their stalls: whatever is issued after the asking stays. */
  cards: z.array(z.strictObject({ stallCode: stallCodeSchema, serial: z.string() })),
});
type MassReissue = z.infer<typeof massReissueSchema>;

/** What a re-issue came to, or the request that a second person decides. */
export type Reissued<Result> = { readonly done: Result } | { readonly waits: Approval };

/**
 * Ending codes that hang in a market and issuing the next ones. A few lost cards are one person's work; many at once
 * would let one person paper a market with codes, and take two.
 */
@Injectable()
export class QrReissuesService {
  readonly kind: ApprovalKind<MassReissue> = {
    kind: 'mass_reissue',
    payload: massReissueSchema,
    request: 'code.reissue',
    decide: 'code.read',
    see: 'code.read',
    describe: async (tx, { payload }) => summaryOf(await this.codes.market(tx, payload.marketCode), payload),
    check: async (tx, { payload }) => void (await this.stillActive(tx, payload)),
    apply: (tx, asked) => this.replaceAll(tx, asked),
  };

  constructor(
    private readonly database: Database,
    private readonly issues: QrIssuesRepository,
    private readonly codes: QrIssuesService,
    private readonly approvals: Approvals,
    private readonly clock: Clock,
  ) {
    approvals.register(this.kind);
  }

  /**
   * Retires the stall's code, if any, and issues the next one.
   * @throws QrStallNotFound, QrNotIssuable, ApprovalPending
   */
  reissue(stallCode: string, reason: string): Promise<Reissued<QrIssue>> {
    return this.database.write(async (tx) => {
      const stall = await this.issues.lockStall(tx, stallCode, this.clock.today());
      if (!stall) throw new QrStallNotFound(stallCode);
      const fault = issueFault(stall, { reissue: true });
      if (fault) throw new QrNotIssuable(fault);
      const market = { id: stall.marketId, code: stall.marketCode, name: stall.marketName };
      if (stall.activeSerial !== null && (await this.takesTwo(tx, market, 1))) {
        return { waits: await this.request(tx, market, [stall], reason) };
      }
      const [serial = ''] = await this.codes.replace(tx, [stall], reason);
      return { done: issueOf(await this.codes.require(tx, serial)) };
    });
  }

  /**
   * The same for many stalls: those that have a code and may have the next one; the others are named with the reason.
   * @throws QrMarketNotFound, QrStallNotFound for a stall of another market, NothingToReissue, ApprovalPending
   */
  reissueMany(marketCode: string, { stallCodes, reason }: MassReissueInput): Promise<Reissued<MassReissueResult>> {
    return this.database.write(async (tx) => {
      const market = await this.codes.market(tx, marketCode);
      await this.codes.retireOutdatedOf(tx, market.id);
      const stalls = await this.codes.stallsOf(tx, market.id, stallCodes);
      const ready = stalls.filter(isReplaceable);
      if (ready.length === 0) throw new NothingToReissue();
      const isWholeMarket = stallCodes === undefined;
      if (isWholeMarket || (await this.takesTwo(tx, market, ready.length))) {
        return { waits: await this.request(tx, market, ready, reason) };
      }
      await this.codes.replace(tx, ready, reason);
      return { done: { reissued: ready.length, skipped: stalls.flatMap((stall) => skippedStall(stall, true)) } };
    });
  }

  private async takesTwo(tx: Tx, market: MarketKey, count: number): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - REISSUE_WINDOW_MS);
    return takesTwoPeople(count, await this.issues.replacedSince(tx, market.id, since));
  }

  private request(tx: Tx, market: MarketKey, stalls: readonly StallFacts[], reason: string): Promise<Approval> {
    const cards = stalls.map(({ stallCode, activeSerial }) => ({ stallCode, serial: activeSerial ?? '' }));
    return this.approvals.request(tx, this.kind, {
      subject: { type: 'market', id: market.code },
      area: { marketId: market.id },
      payload: { marketCode: market.code, cards },
      reason,
    });
  }

  /** Of the cards that were asked for, those that are still in use. @throws QrMarketNotFound, NothingToReissue */
  private async stillActive(tx: Tx, { marketCode, cards }: MassReissue): Promise<StallFacts[]> {
    const market = await this.codes.market(tx, marketCode);
    await this.issues.lockMarket(tx, market.id);
    const asked = new Set(cards.map(({ serial }) => serial));
    const codes = cards.map(({ stallCode }) => stallCode);
    const stalls = await this.codes.stallsOf(tx, market.id, codes);
    const active = stalls.filter((stall) => isReplaceable(stall) && asked.has(stall.activeSerial ?? ''));
    if (active.length === 0) throw new NothingToReissue();
    return active;
  }

  private async replaceAll(tx: Tx, { id, payload, reason }: AskedFor<MassReissue>): Promise<object> {
    const active = await this.stillActive(tx, payload);
    await this.codes.replace(tx, active, reason, id);
    return { reissued: active.length, asked: payload.cards.length };
  }
}

function isReplaceable(stall: StallFacts): boolean {
  return stall.activeSerial !== null && issueFault(stall, { reissue: true }) === null;
}

function summaryOf({ name }: MarketKey, { cards }: MassReissue): ApprovalSummary {
  const count = String(cards.length);
  return {
    sentence: {
      vi: `${count} thẻ QR đang dùng tại ${name} hết hiệu lực và được cấp lại; phải in và phát thẻ mới cho ${count} điểm kinh doanh.`,
      en: `${count} cards in use in ${name} end and are issued anew; new cards are printed and handed out to ${count} stalls.`,
    },
    facts: [{ label: { vi: 'Số thẻ', en: 'Cards' }, before: null, after: count }],
  };
}
