import { randomUUID } from 'node:crypto';
import { type BankSigningKey, signBankRequest } from '../banks/bank-request-signer';
import type { BusinessDay } from '../kernel/business-day';
import type { Clock } from '../kernel/clock';
import type { DemoBank } from './demo-plan';
import { type DemoLine, type DemoStall, takingsOf } from './demo-takings';

/** A bank's own program, as its engineers would write it: signs, asks for its stalls, posts its days. */
export class DemoBankClient {
  constructor(
    private readonly bank: DemoBank,
    private readonly key: BankSigningKey,
    private readonly publicUrl: string,
    private readonly clock: Clock,
  ) {}

  /** The stalls that are paid into accounts at this bank. */
  async stalls(): Promise<DemoStall[]> {
    const stalls: DemoStall[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = (await this.get(`/api/v1/bank/stalls?limit=200${query}`)) as {
        items: DemoStall[];
        nextCursor: string | null;
      };
      stalls.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    // An account that serves several stalls is one account to the bank: one line a channel.
    return [...new Map(stalls.map((stall) => [stall.account, stall])).values()];
  }

  /** Posts one business date. @throws Error when it is not taken in */
  async report(day: BusinessDay, stalls: readonly DemoStall[], revision = 1): Promise<void> {
    const lines = stalls.flatMap((stall) => takingsOf(stall, day, revision > 1 ? `r${revision}` : ''));
    lines.push(...this.bank.strangers.flatMap((account) => takingsOf({ account, stallCode: account }, day)));
    const body = this.bank.format === 'csv' ? this.csv(day, revision, lines) : this.json(day, revision, lines);
    const contentType = this.bank.format === 'csv' ? 'text/csv' : 'application/json';
    const url = `${this.publicUrl}/api/v1/bank/submissions`;
    const headers = signBankRequest({
      method: 'POST',
      url,
      body,
      contentType,
      idempotencyKey: randomUUID(),
      key: this.key,
      now: this.clock.now(),
      nonce: randomUUID(),
    });
    const answer = await fetch(url, { method: 'POST', headers, body });
    if (answer.status !== 202) throw new Error(`${this.bank.code} ${day}: ${answer.status} ${await answer.text()}`);
  }

  private async get(path: string): Promise<unknown> {
    const url = this.publicUrl + path;
    const headers = signBankRequest({ method: 'GET', url, key: this.key, now: this.clock.now(), nonce: randomUUID() });
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`${this.bank.code} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  private reference(day: BusinessDay, revision: number): string {
    return `${this.bank.code}-${day.replaceAll('-', '')}-${String(revision).padStart(4, '0')}`;
  }

  private csv(day: BusinessDay, revision: number, lines: readonly DemoLine[]): string {
    const { transactionCount, amount, reversalCount, reversalAmount } = totalsOf(lines);
    const header = `H,1,${this.bank.bin},${this.reference(day, revision)},${day},1,${revision},stall\n`;
    const rows = lines.map(
      (line) =>
        `L,,${line.account},${line.channel},${line.transactionCount},${line.amount},${line.reversalCount},${line.reversalAmount}\n`,
    );
    const trailer = `T,${lines.length},${transactionCount},${amount},${reversalCount},${reversalAmount}\n`;
    return header + rows.join('') + trailer;
  }

  private json(day: BusinessDay, revision: number, lines: readonly DemoLine[]): string {
    const amounts = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
    const header = {
      version: 1,
      bankBin: this.bank.bin,
      reference: this.reference(day, revision),
      businessDate: day,
      revision,
      granularity: 'stall',
    };
    return JSON.stringify({ header, lines, trailer: { lineCount: lines.length, ...totalsOf(lines) } }, amounts);
  }
}

function totalsOf(lines: readonly DemoLine[]) {
  return lines.reduce(
    (sum, line) => ({
      transactionCount: sum.transactionCount + line.transactionCount,
      amount: sum.amount + line.amount,
      reversalCount: sum.reversalCount + line.reversalCount,
      reversalAmount: sum.reversalAmount + line.reversalAmount,
    }),
    { transactionCount: 0, amount: 0n, reversalCount: 0, reversalAmount: 0n },
  );
}
