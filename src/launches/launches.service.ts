import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApprovalKind, AskedFor } from '../approvals/approval-kind';
import type { Approval } from '../approvals/approvals.schema';
import { Approvals } from '../approvals/approvals.service';
import { AuditService } from '../audit/audit.service';
import { businessDaySchema } from '../kernel/business-day';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, type Tx } from '../platform/db/database';
import { currentActor } from '../platform/actor';
import {
  isOverride,
  LAUNCH_NEXT,
  LAUNCH_OVERRIDES,
  LAUNCH_STATES,
  launchStateSchema,
  transitionFault,
} from './launch.rules';
import { overrideSummary } from './launch.words';
import { LaunchCannotMove, LaunchMarketNotFound } from './launches.errors';
import { LaunchesRepository, type MarketState } from './launches.repository';
import { type Launch, type LaunchBoard, type TransitionInput, transitionInputSchema } from './launches.schema';

const overrideSchema = z.strictObject({
  from: launchStateSchema,
  since: businessDaySchema,
  step: transitionInputSchema.omit({ overrideReason: true }),
});
type Override = z.infer<typeof overrideSchema>;
type Step = Override['step'];

/** How markets go cashless: their state, the steps between states, and who took them. */
@Injectable()
export class LaunchesService {
  readonly override: ApprovalKind<Override> = {
    kind: 'launch_override',
    payload: overrideSchema,
    request: 'launch.move',
    decide: 'launch.move',
    see: 'launch.read',
    describe: async (_tx, { payload }) => overrideSummary(payload.from, payload.step),
    check: async (tx, asked) => void (await this.checkOverride(tx, asked)),
    apply: async (tx, asked) => {
      const market = await this.checkOverride(tx, asked);
      await this.take(tx, market, asked.payload.step, asked);
    },
  };

  constructor(
    private readonly database: Database,
    private readonly launches: LaunchesRepository,
    private readonly approvals: Approvals,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    approvals.register(this.override);
  }

  /** Every market in its column; columns in the order of the way, empty ones too. */
  async board(): Promise<LaunchBoard> {
    const rows = await this.database.read((tx) => this.launches.board(tx, this.clock.today()));
    const columns = LAUNCH_STATES.map((state) => {
      const markets = rows.filter((row) => row.state === state).map(({ state: _state, ...market }) => market);
      return { state, total: markets.length, markets };
    });
    return { columns };
  }

  /** @throws LaunchMarketNotFound */
  launchOf(marketCode: string): Promise<Launch> {
    return this.database.read(async (tx) => {
      const market = await this.launches.findState(tx, marketCode);
      if (!market) throw new LaunchMarketNotFound(marketCode);
      return this.describe(tx, market);
    });
  }

  /**
   * Takes one step and appends it to the market's history; a step past the criteria becomes a request instead.
   * @throws LaunchMarketNotFound, LaunchCannotMove, ApprovalPending
   */
  move(marketCode: string, input: TransitionInput): Promise<Launch | Approval> {
    return this.database.write(async (tx) => {
      const market = await this.lock(tx, marketCode);
      const { overrideReason, ...step } = input;
      if (overrideReason !== undefined && isOverride(market.state, step.toState)) {
        return this.approvals.request(tx, this.override, {
          subject: { type: 'market', id: market.code },
          area: { marketId: market.id },
          payload: { from: market.state, since: market.since, step },
          reason: overrideReason,
        });
      }
      const moved = await this.take(tx, market, step);
      return this.describe(tx, moved);
    });
  }

  private async lock(tx: Tx, marketCode: string): Promise<MarketState> {
    const market = await this.launches.lockState(tx, marketCode);
    if (!market) throw new LaunchMarketNotFound(marketCode);
    return market;
  }

  private refuseFaults(market: MarketState, step: Step, override: boolean): void {
    const { toState: to } = step;
    const { state: from, since } = market;
    const fault = transitionFault({ ...step, from, since, to, today: this.clock.today(), override });
    if (fault) throw new LaunchCannotMove(fault, from, to);
  }

  private async take(
    tx: Tx,
    market: MarketState,
    step: Step,
    approved?: { readonly id: string; readonly reason: string },
  ): Promise<MarketState> {
    this.refuseFaults(market, step, approved !== undefined);
    const { toState: to, onDay } = step;
    const now = this.clock.now();
    const reason = approved ? `${step.reason} – ${approved.reason}` : step.reason;
    await this.launches.moveMarket(tx, market.id, to, onDay, now);
    await this.launches.append(tx, this.ids.uuid(), market.id, {
      fromState: market.state,
      toState: to,
      onDay,
      leadAgency: step.leadAgency,
      reason,
      decisionNumber: step.decisionNumber ?? null,
      place: step.place ?? null,
      actor: currentActor().id,
      recordedAt: now,
    });
    await this.audit.record(tx, {
      action: 'launch_moved',
      subjectType: 'market',
      subjectId: market.code,
      before: { state: market.state, since: market.since },
      after: { state: to, since: onDay, ...(approved && { approvalId: approved.id }) },
      reason,
    });
    return { ...market, state: to, since: onDay };
  }

  /** @throws LaunchCannotMove when the market has taken another step meanwhile, or may not take this one */
  private async checkOverride(tx: Tx, { subject, payload }: AskedFor<Override>): Promise<MarketState> {
    const market = await this.lock(tx, subject.id);
    const isAsItWas = market.state === payload.from && market.since === payload.since;
    if (!isAsItWas) throw new LaunchCannotMove('not_allowed', market.state, payload.step.toState);
    this.refuseFaults(market, payload.step, true);
    return market;
  }

  private async describe(tx: Tx, market: MarketState): Promise<Launch> {
    const history = await this.launches.history(tx, market.id);
    const pending = await this.approvals.pending(tx, this.override, 'market', [market.code]);
    return {
      marketCode: market.code,
      state: market.state,
      stateSince: market.since,
      allowedNext: [...LAUNCH_NEXT[market.state]],
      overrides: [...(LAUNCH_OVERRIDES[market.state] ?? [])],
      pendingOverride: pending.get(market.code) ?? null,
      history: history.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })),
    };
  }
}
