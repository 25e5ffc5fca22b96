import { CardPacksService } from '../../../src/qr/card-packs.service';
import { QrIssuesService } from '../../../src/qr/qr-issues.service';
import { runAs } from '../../../src/platform/actor';
import { insertRow } from '../../factories/insert';
import { saveMarket, saveStall } from '../../factories/market.factory';
import { saveAccount, saveAssignment, saveConsent, saveLease, saveVendor } from '../../factories/vendor.factory';
import { v7 } from 'uuid';
import type { TestApp } from '../app';
import { sqlOne } from '../../../src/platform/db/database';

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
    return { market, zoneId, stall, vendor, lease, account, consent };
  });
  const { market, zoneId, stall, vendor, lease, account, consent } = made;
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
    traces: [market.code, zoneId, stall.code, vendor.id, account.id, lease.id, consent.id, serial, packId],
  };
}

async function codesAndCards({ app }: TestApp, marketCode: string): Promise<string> {
  await app.get(QrIssuesService, { strict: false }).issueForMarket(marketCode, undefined);
  const packs = app.get(CardPacksService, { strict: false });
  const { id } = await packs.request(marketCode, 'a6_card');
  await packs.make(id, new AbortController().signal);
  return id;
}
