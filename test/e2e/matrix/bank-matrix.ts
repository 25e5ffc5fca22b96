import { saveMarket, saveStall } from '../../factories/market.factory';
import { makeSubmission } from '../../factories/submission-lines';
import { saveOccupiedStall } from '../../factories/vendor.factory';
import type { TestApp } from '../app';
import { type BankClient, bankWithKey } from '../bank-client';
import { book } from '../posting';
import type { MatrixReport } from './matrix';
import { operationsOf } from './operations';

/** A bank, what it reported, and what would give it away. */
interface BankWorld {
  readonly client: BankClient;
  readonly submissionId: string;
  readonly traces: readonly string[];
}

/**
 * Every reading operation for banks, as one bank calls it with another's ids: the answer of an id that nothing has, and
 * no trace of the other bank's submissions, stalls and accounts in any list. What banks write they sign for themselves:
 * see bank-signatures.spec.ts.
 */
export async function walkBanks(testApp: TestApp): Promise<MatrixReport> {
  const own = await bankWorld(testApp, '970436', 'OWNREFERENCE');
  const other = await bankWorld(testApp, '970418', 'OTHERREFERENCE');
  const operations = operationsOf(testApp).filter(({ audience, method }) => audience === 'bank' && method === 'GET');
  const findings: string[] = [];
  let calls = 0;
  for (const { id, path } of operations) {
    const called = async (submission: string) => {
      calls += 1;
      const query = path.endsWith('/calendar') ? '?from=2026-10-01&to=2026-10-31' : '';
      return own.client.get(path.replace('{id}', submission) + query);
    };
    const [mine, foreign, absent] = [
      await called(own.submissionId),
      await called(other.submissionId),
      await called('019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11'),
    ];
    if (mine.status !== 200) findings.push(`${id}: own answered ${mine.status}`);
    if (path.includes('{id}') && (foreign.status !== 404 || absent.status !== 404)) {
      findings.push(`${id}: foreign answered ${foreign.status}, absent ${absent.status}`);
    }
    const text = mine.bytes.toString() + foreign.bytes.toString().replaceAll(other.submissionId, '');
    findings.push(...other.traces.filter((trace) => text.includes(trace)).map((trace) => `${id} tells of ${trace}`));
  }
  return { operations: operations.length, calls, findings };
}

async function bankWorld(testApp: TestApp, bin: string, reference: string): Promise<BankWorld> {
  const client = await bankWithKey(testApp, bin);
  const { stall, account } = await testApp.database.write(async (tx) => {
    const market = await saveMarket(tx, { code: `MARKET${bin}` });
    const held = await saveStall(tx, market);
    return { stall: held, ...(await saveOccupiedStall(tx, held, { bankBin: bin, accountNumber: `777${bin}` })) };
  });
  const lines = [{ stall: stall.code }, { account: `UNKNOWN${bin}` }];
  const { id } = await book(testApp, client, makeSubmission({ bank: bin, reference, lines }));
  return {
    client,
    submissionId: id,
    traces: [reference, stall.code, account.id, account.accountNumber, `MARKET${bin}`, `UNKNOWN${bin}`],
  };
}
