import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Ids } from '../kernel/ids';
import { Database, type Tx } from '../platform/db/database';
import { currentActor } from '../platform/actor';
import { LAUNCH_NEXT, LAUNCH_STATES, transitionFault } from './launch.rules';
import { LaunchCannotMove, LaunchMarketNotFound } from './launches.errors';
import { LaunchesRepository, type MarketState } from './launches.repository';
import type { Launch, LaunchBoard, TransitionInput } from './launches.schema';

/** How markets go cashless: their state, the steps between states, and who took them. */
@Injectable()
export class LaunchesService {
  constructor(
    private readonly database: Database,
    private readonly launches: LaunchesRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

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
   * Takes one step and appends it to the market's history.
   * @throws LaunchMarketNotFound, LaunchCannotMove
   */
  move(marketCode: string, input: TransitionInput): Promise<Launch> {
    return this.database.write(async (tx) => {
      const market = await this.launches.lockState(tx, marketCode);
      if (!market) throw new LaunchMarketNotFound(marketCode);
      const { toState: to, onDay } = input;
      const today = this.clock.today();
      const fault = transitionFault({ ...input, from: market.state, since: market.since, to, today });
      if (fault) throw new LaunchCannotMove(fault, market.state, to);
      const now = this.clock.now();
      await this.launches.moveMarket(tx, market.id, to, onDay, now);
      await this.launches.append(tx, this.ids.uuid(), market.id, {
        fromState: market.state,
        toState: to,
        onDay,
        leadAgency: input.leadAgency,
        reason: input.reason,
        decisionNumber: input.decisionNumber ?? null,
        place: input.place ?? null,
        actor: currentActor().id,
        recordedAt: now,
      });
      await this.audit.record(tx, {
        action: 'launch_moved',
        subjectType: 'market',
        subjectId: market.code,
        before: { state: market.state, since: market.since },
        after: { state: to, since: onDay },
        reason: input.reason,
      });
      return this.describe(tx, { ...market, state: to, since: onDay });
    });
  }

  private async describe(tx: Tx, market: MarketState): Promise<Launch> {
    const history = await this.launches.history(tx, market.id);
    return {
      marketCode: market.code,
      state: market.state,
      stateSince: market.since,
      allowedNext: [...LAUNCH_NEXT[market.state]],
      history: history.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })),
    };
  }
}
