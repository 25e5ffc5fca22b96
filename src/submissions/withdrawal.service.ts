import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Clock } from '../kernel/clock';
import { Database, type Tx } from '../platform/db/database';
import { BUCKETS } from './attribution.rules';
import { CellSums, negated, StallSums } from './figures';
import { LedgerRepository } from './ledger.repository';
import { SubmissionsRepository } from './submissions.repository';
import { type WithdrawnFigures, type WithdrawnPart, WithdrawalRepository } from './withdrawal.repository';

const SEARCH_LIMIT_MS = 60_000;
const MOVE_LIMIT_MS = 600_000;

/**
 * Stall-level figures exist only under a live consent (Decree 117/2018): when it is withdrawn, lines that were attributed
 * to the stall become market-only, with a ledger entry. The market's totals stay what they were; a consent given later
 * brings nothing back, because the stall was not recorded.
 */
@Injectable()
export class WithdrawalService {
  constructor(
    private readonly database: Database,
    private readonly withdrawals: WithdrawalRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Safe to repeat. @returns lines that left their stall */
  async apply(): Promise<number> {
    const parts = await this.database.read((tx) => this.withdrawals.affected(tx), { limitMs: SEARCH_LIMIT_MS });
    let lines = 0;
    for (const part of parts) {
      lines += await this.database.write((tx) => this.applyTo(tx, part), { limitMs: MOVE_LIMIT_MS });
    }
    return lines;
  }

  private async applyTo(tx: Tx, part: WithdrawnPart): Promise<number> {
    // A posting at work on the part may be about to replace this very submission; the next sweep looks again.
    if (!(await this.submissions.tryLockPart(tx, part))) return 0;
    const current = await this.submissions.currentOf(tx, part);
    const gone = await this.withdrawals.forgetStalls(tx, part);
    if (gone.length === 0) return 0;
    if (current?.no === part.submissionNo) await this.book(tx, part, gone);
    const lines = Number(gone.reduce((sum, { lineCount }) => sum + lineCount, 0n));
    await this.audit.record(tx, {
      action: 'consent_withdrawal_applied',
      subjectType: 'submission',
      subjectId: part.submissionId,
      after: { businessDate: part.businessDate, lines },
    });
    return lines;
  }

  private async book(tx: Tx, part: WithdrawnPart, gone: readonly WithdrawnFigures[]): Promise<void> {
    const { bankBin, businessDate: day } = part;
    const cells = new CellSums();
    const stalls = new StallSums();
    for (const figures of gone) {
      cells.add(negated({ ...figures, bucket: BUCKETS.attributed }));
      cells.add({ ...figures, bucket: BUCKETS.market_only });
      stalls.add({ ...figures, transactionCount: -figures.transactionCount, amount: -figures.amount });
    }
    const change = cells.sorted();
    await this.ledger.post(tx, { bankBin, day }, part.submissionNo, 'consent_withdrawn', this.clock.now(), change);
    await this.ledger.addToRollups(tx, { bankBin, day }, change);
    await this.ledger.addToStallMonths(tx, day, stalls.sorted());
  }
}
