import { CardPacksService } from '../../../src/qr/card-packs.service';
import { QrIssuesService } from '../../../src/qr/qr-issues.service';
import { runAs } from '../../../src/platform/actor';
import { insertRow, RECORDED_AT } from '../../factories/insert';
import { saveMarket, saveStall } from '../../factories/market.factory';
import { saveAccount, saveAssignment, saveConsent, saveLease, saveVendor } from '../../factories/vendor.factory';
import { v7 } from 'uuid';
import type { TestApp } from '../app';
import { sqlOne, type Tx } from '../../../src/platform/db/database';

/** Where a world lies. */
export interface Place {
  readonly provinceCode: string;
  readonly communeCode: string;
}

/** One of everything that belongs to a market, and how answers would give it away. */
export interface World extends Place {
  readonly marketCode: string;
  readonly zoneId: string;
  readonly stallCode: string;
  readonly vendorId: string;
  readonly accountId: string;
  readonly leaseId: string;
  readonly consentId: string;
  readonly serial: string;
  readonly packId: string;
  /** A request that waits for a second person. */
  readonly approvalId: string;
  readonly dataRequestId: string;
  /** Of the whole province. */
  readonly periodId: string;
  /** Texts that must never stand in an answer to somebody who has no part in this world. */
  readonly traces: readonly string[];
}

const BY_TEST = { kind: 'system', id: 'test' } as const;

/**
 * A market with a zone, a stall, its vendor, account and consent, a code in use and a pack of cards already made.
 * @param code the market's; must not be the beginning of another one, since answers are searched for it
 */
export async function makeWorld(testApp: TestApp, code: string, place: Place): Promise<World> {
  const { database } = testApp;
  const made = await database.write(async (tx) => {
    const market = await saveMarket(tx, { ...place, code, name: `Chợ ${code}` });
    const zoneId = v7();
    await insertRow(tx, 'zones', { id: zoneId, market_id: market.id, name: `Khu ${market.code}`, ordinal: 1 });
    const stall = await saveStall(tx, market, { number: `Ô ${market.code}`, tradeLine: `Hàng ${market.code}` });
    const vendor = await saveVendor(tx, {
      fullName: `Người Bán ${market.code}`,
      provinceCode: place.provinceCode,
    });
    const lease = await saveLease(tx, stall, vendor);
    const account = await saveAccount(tx, vendor, { holderName: `CHU TAI KHOAN ${market.code}` });
    await saveAssignment(tx, stall, account);
    const consent = await saveConsent(tx, vendor);
    const waiting = await saveWaiting(tx, place, market, vendor);
    return { market, zoneId, stall, vendor, lease, account, consent, waiting };
  });
  const { market, zoneId, stall, vendor, lease, account, consent, waiting } = made;
  const packId = await runAs(BY_TEST, () => codesAndCards(testApp, market.code));
  const issue = await database.read((tx) =>
    sqlOne<{ serial: string }>(tx, `SELECT serial FROM qr_issues WHERE stall_id = $1 AND state = 'active'`, [stall.id]),
  );
  const serial = issue?.serial ?? '';
  return {
    ...place,
    marketCode: market.code,
    zoneId,
    stallCode: stall.code,
    vendorId: vendor.id,
    accountId: account.id,
    leaseId: lease.id,
    consentId: consent.id,
    serial,
    packId,
    ...waiting,
    traces: [
      ...[market.code, zoneId, stall.code, vendor.id, account.id, lease.id, consent.id, serial, packId],
      ...Object.values(waiting),
    ],
  };
}

/** What people of the place have before them: an approval, a data request, a closed period. */
async function saveWaiting(tx: Tx, place: Place, market: { id: string; code: string }, vendor: { id: string }) {
  const [approvalId, dataRequestId, periodId] = [v7(), v7(), v7()];
  await insertRow(tx, 'approvals', {
    id: approvalId,
    kind: 'launch_override',
    subject_type: 'market',
    subject_id: market.code,
    province_code: place.provinceCode,
    market_id: market.id,
    payload: {
      from: 'surveyed',
      since: '2025-07-01',
      step: { toState: 'launched', onDay: '2026-11-20', leadAgency: 'Sở Công Thương', reason: 'Thử' },
    },
    summary: { sentence: { vi: market.code, en: market.code }, facts: [] },
    reason: 'Thử',
    requested_by_kind: 'cli',
    requested_by: 'test',
    requested_at: RECORDED_AT,
    expires_at: new Date('2099-01-01T00:00:00Z'),
  });
  await insertRow(tx, 'data_requests', {
    id: dataRequestId,
    province_code: place.provinceCode,
    vendor_id: vendor.id,
    subject_name: `Người Bán ${market.code}`,
    kind: 'copy',
    details: 'Thử',
    received_how: 'counter',
    received_on: '2026-11-20',
    due_on: '2026-11-24',
    recorded_by: 'test',
    recorded_at: RECORDED_AT,
  });
  await tx.query(
    'UPDATE closed_periods SET reopened_at = now(), reopened_by = $1, reopen_reason = $1, reopen_mark = 0',
    ['test'],
  );
  await insertRow(tx, 'closed_periods', {
    id: periodId,
    province_code: place.provinceCode,
    calendar: 'calendar',
    month: '2024-01-01',
    from_day: '2024-01-01',
    to_day: '2024-01-31',
    closed_by: 'test',
    closed_at: RECORDED_AT,
    ledger_mark: 0,
  });
  return { approvalId, dataRequestId, periodId };
}

async function codesAndCards({ app }: TestApp, marketCode: string): Promise<string> {
  await app.get(QrIssuesService, { strict: false }).issueForMarket(marketCode, undefined);
  const packs = app.get(CardPacksService, { strict: false });
  const { id } = await packs.request(marketCode, 'a6_card');
  await packs.make(id, new AbortController().signal);
  return id;
}
