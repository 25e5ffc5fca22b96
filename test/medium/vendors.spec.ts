import { businessDay } from '../../src/kernel/business-day';
import { Confidential } from '../../src/kernel/confidential';
import { sql } from '../../src/platform/db/database';
import { accountInputSchema } from '../../src/vendors/tenancy.schema';
import { vendorInputSchema } from '../../src/vendors/vendor.schema';
import type { VendorState } from '../../src/vendors/vendor.rules';
import { saveMarket, saveStall } from '../factories/market.factory';
import { saveAccount, saveBank, saveLease, saveOccupiedStall, saveVendor } from '../factories/vendor.factory';
import { COLLEAGUE, OFFICER, openRegister, type Register } from './register-services';

let register: Register;

beforeAll(async () => {
  register = await openRegister();
  await register.save((tx) => saveBank(tx, '970436', 'VCB'));
});
afterAll(() => register.drop());

const input = vendorInputSchema.parse({
  kind: 'household_business',
  fullName: 'Quách Kim Sen',
  personalId: '000774736035',
  taxCode: '000774736035',
  householdName: 'Hộ kinh doanh Quách Kim Sen',
  phone: '0900003986',
});
const page = { limit: 50 };

describe('a vendor', () => {
  it('is stored sealed, answered and audited masked', async () => {
    const vendor = await register.act(() => register.vendors.register(input));
    expect(vendor).toMatchObject({
      fullName: 'Quách Kim Sen',
      personalIdMasked: '0007*****035',
      taxCode: '0007*****035',
      phoneMasked: '090****986',
      state: 'draft',
      leases: [],
      accounts: [],
      consents: [],
    });
    const stored = await register.save((tx) => register.repositories.vendors.find(tx, vendor.id));
    expect([stored?.personalId?.reveal(), stored?.taxCode?.reveal(), stored?.phone?.reveal()]).toEqual([
      '000774736035',
      '000774736035',
      '0900003986',
    ]);
    const [row] = await register.save((tx) =>
      sql<{ row: string }>(tx, `SELECT v::text AS row FROM vendors v WHERE id = $1`, [vendor.id]),
    );
    expect(row?.row).not.toMatch(/000774736035|0900003986/);
    const trail = await register.save((tx) =>
      sql(tx, `SELECT after FROM audit_entries WHERE subject_id = $1`, [vendor.id]),
    );
    expect(JSON.stringify(trail)).not.toMatch(/774736035|0900003986/);
  });

  it('is refused when another has the ID', async () => {
    const twin = register.act(() => register.vendors.register({ ...input, fullName: 'Ai Khác' }));
    await expect(twin).rejects.toMatchObject({ code: 'personal_id_taken' });
  });

  it('changes for whoever read the present version', async () => {
    const { id } = await register.save((tx) => saveVendor(tx));
    const change = () =>
      register.act(() => register.vendors.change(id, 1, { phone: Confidential.of('phone', '0900000001') }));
    expect(await change()).toMatchObject({ phoneMasked: '090****001', version: 2 });
    await expect(change()).rejects.toMatchObject({ code: 'version_conflict' });
  });

  it('is approved by somebody other than who submitted it', async () => {
    const { id } = await register.save((tx) => saveVendor(tx, { state: 'draft' }));
    const move = (to: VendorState, actor = OFFICER) => register.act(() => register.vendors.move(id, to), actor);
    await move('submitted');
    await expect(move('approved')).rejects.toMatchObject({ code: 'same_person' });
    expect(await move('approved', COLLEAGUE)).toMatchObject({ state: 'approved' });
    await expect(move('submitted')).rejects.toMatchObject({ code: 'vendor_cannot_move' });
  });

  it('keeps the reason of a return and can be submitted again', async () => {
    const { id } = await register.save((tx) => saveVendor(tx, { state: 'submitted' }));
    const returned = await register.act(() => register.vendors.move(id, 'returned', 'Thiếu điện thoại'));
    expect(returned).toMatchObject({ state: 'returned', stateReason: 'Thiếu điện thoại' });
    expect(await register.act(() => register.vendors.move(id, 'submitted'))).toMatchObject({ stateReason: null });
  });

  it('ceases only without a stall, and takes on nothing afterwards', async () => {
    const { stall, vendor } = await register.save(async (tx) => {
      const newStall = await saveStall(tx, await saveMarket(tx));
      const newVendor = await saveVendor(tx);
      return { stall: newStall, vendor: newVendor, lease: await saveLease(tx, newStall, newVendor) };
    });
    const cease = () => register.act(() => register.vendors.move(vendor.id, 'ceased', 'Nghỉ bán'));
    await expect(cease()).rejects.toMatchObject({ code: 'vendor_holds_stalls' });
    const [lease] = (await register.vendors.read(vendor.id)).leases;
    await register.act(() => register.leases.end(lease?.id ?? '', businessDay('2026-11-22')));
    await cease();
    const again = register.act(() =>
      register.leases.begin(stall.code, { vendorId: vendor.id, fromDay: businessDay('2026-12-01'), toDay: null }),
    );
    await expect(again).rejects.toMatchObject({ code: 'vendor_not_active' });
  });
});

describe('the list of vendors', () => {
  it.each([
    ['without accents', 'quach kim sen', 1],
    ['by the household’s name', 'ho kinh doanh quach', 1],
    ['by the whole ID', '000774736035', 1],
    ['by the whole ID with spaces', '000774 736 035', 1],
    ['not by a part of it', '000774', 0],
    ['by the whole phone number', '0900003986', 1],
    ['% is a letter', '%', 0],
  ])('%s', async (_name, q, count) => {
    const found = await register.vendors.list({ ...page, q });
    expect(found.total).toBe(count);
    expect(JSON.stringify(found)).not.toMatch(/000774736035|0900003986/);
  });

  it('pages in Vietnamese order by an id, so that no name stands in an address', async () => {
    const names = ['Lê Ất', 'Lê Ân', 'Lê An', 'Lê Đông', 'Lê Dung'];
    const stalls = await register.save(async (tx) => {
      const market = await saveMarket(tx, { code: 'VNORDER' });
      for (const fullName of names)
        await saveLease(tx, await saveStall(tx, market), await saveVendor(tx, { fullName }));
    });
    expect(stalls).toBeUndefined();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const next = await register.vendors.list({ marketCode: 'VNORDER', limit: 2, cursor });
      seen.push(...next.items.map((vendor) => vendor.fullName));
      expect(next.total).toBe(5);
      expect(Buffer.from(next.nextCursor ?? '', 'base64url').toString()).not.toContain('Lê');
      cursor = next.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['Lê An', 'Lê Ân', 'Lê Ất', 'Lê Dung', 'Lê Đông']);
  });
});

describe('leases', () => {
  it('never overlap, whoever writes first', async () => {
    const { stall, one, two } = await register.save(async (tx) => ({
      stall: await saveStall(tx, await saveMarket(tx)),
      one: await saveVendor(tx),
      two: await saveVendor(tx),
    }));
    const begin = (vendorId: string, fromDay: string, toDay: string | null) =>
      register.act(() =>
        register.leases.begin(stall.code, {
          vendorId,
          fromDay: businessDay(fromDay),
          toDay: toDay === null ? null : businessDay(toDay),
        }),
      );
    const lease = await begin(one.id, '2026-01-01', '2026-06-30');
    expect(lease).toMatchObject({ vendorName: one.fullName, fromDay: '2026-01-01', toDay: '2026-06-30' });
    await expect(begin(two.id, '2026-06-30', null)).rejects.toMatchObject({ code: 'lease_overlap' });
    const both = await Promise.allSettled([begin(two.id, '2026-07-01', null), begin(one.id, '2026-07-01', null)]);
    expect(both.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(begin(two.id, '2026-09-02', '2026-09-01')).rejects.toMatchObject({ code: 'period_reversed' });
    await expect(begin(two.id, '2019-12-31', '2019-12-31')).rejects.toMatchObject({ code: 'stall_not_open' });
  });

  it('end once, and the account of the stall with them', async () => {
    const { stall, vendor } = await register.save(async (tx) => {
      const newStall = await saveStall(tx, await saveMarket(tx));
      return { stall: newStall, ...(await saveOccupiedStall(tx, newStall)) };
    });
    const [lease] = (await register.vendors.read(vendor.id)).leases;
    const end = (day: string) => register.act(() => register.leases.end(lease?.id ?? '', businessDay(day)));
    await expect(end('2019-12-31')).rejects.toMatchObject({ code: 'period_reversed' });
    expect(await end('2026-11-20')).toMatchObject({ toDay: '2026-11-20' });
    const chain = await register.stallRegister.read(stall.code);
    expect(chain).toMatchObject({ vendor: null, account: null, payoutAssignments: [{ toDay: '2026-11-20' }] });
    await expect(end('2026-11-21')).rejects.toMatchObject({ code: 'lease_ended' });
  });
});

describe('payout accounts', () => {
  const account = accountInputSchema.parse({
    bankBin: '970436',
    accountNumber: '0011004411223',
    holderName: 'PHAM THI NI',
  });

  it('are masked, marked and unverified until somebody checks them', async () => {
    const vendor = await register.save((tx) => saveVendor(tx));
    const added = await register.act(() => register.accounts.add(vendor.id, account));
    expect(added).toMatchObject({
      accountMasked: '****1223',
      bankName: 'VCB',
      attention: ['holder_other_person'],
      verified: false,
    });
    const verify = () => register.act(() => register.accounts.verify(added.id, { how: 'paper' }));
    expect(await verify()).toMatchObject({
      verified: true,
      verifiedHow: 'paper',
      verifiedAt: '2026-11-22T02:00:00.000Z',
    });
    await expect(verify()).rejects.toMatchObject({ code: 'account_verified' });
    const again = register.act(() => register.accounts.add(vendor.id, account));
    await expect(again).rejects.toMatchObject({ code: 'account_known' });
    const elsewhere = register.act(() => register.accounts.add(vendor.id, { ...account, bankBin: '999999' }));
    await expect(elsewhere).rejects.toMatchObject({ code: 'bank_not_found' });
  });

  it('of a market are verified at once, each once', async () => {
    const market = await register.save(async (tx) => {
      const newMarket = await saveMarket(tx);
      for (let i = 0; i < 3; i += 1) await saveOccupiedStall(tx, await saveStall(tx, newMarket), { verified: false });
      return newMarket;
    });
    const verify = () => register.act(() => register.accounts.verifyMarket(market.code, { how: 'bank_reply' }));
    expect([await verify(), await verify()]).toEqual([3, 0]);
    const { counts } = await register.markets.read(market.code);
    expect(counts).toEqual({ stalls: 3, occupied: 3, withVerifiedAccount: 3, withQr: 0 });
  });

  it('follow one another on a stall, each with its days, when two people say so', async () => {
    const { stall, vendor, former } = await register.save(async (tx) => {
      const newStall = await saveStall(tx, await saveMarket(tx));
      const occupied = await saveOccupiedStall(tx, newStall);
      return { stall: newStall, vendor: occupied.vendor, former: occupied.account };
    });
    const next = await register.act(() => register.accounts.add(vendor.id, account));
    const assign = (fromDay: string, accountId = next.id, reason?: string) =>
      register.act(() => register.changes.assign(stall.code, { accountId, fromDay: businessDay(fromDay), reason }));
    await expect(assign('2026-11-23')).rejects.toMatchObject({ code: 'reason_required' });
    const asked = await assign('2026-11-23', next.id, 'Đổi ngân hàng');
    expect(asked).toMatchObject({ kind: 'account_change', state: 'pending', subjectId: stall.code });
    expect(await register.stallRegister.read(stall.code)).toMatchObject({
      pendingAccountChange: asked?.id,
      payoutAssignments: [{ accountId: former.id, toDay: null }],
    });
    await register.act(() => register.decisions.approve(asked?.id ?? ''), COLLEAGUE);
    const { payoutAssignments, pendingAccountChange } = await register.stallRegister.read(stall.code);
    expect(pendingAccountChange).toBeNull();
    expect(payoutAssignments).toMatchObject([
      { accountId: next.id, fromDay: '2026-11-23', toDay: null },
      { accountId: former.id, toDay: '2026-11-22' },
    ]);
    await expect(assign('2026-11-22')).rejects.toMatchObject({ code: 'assignment_overlap' });
    const stranger = await register.save(async (tx) => saveAccount(tx, await saveVendor(tx)));
    await expect(assign('2026-12-01', stranger.id)).rejects.toMatchObject({ code: 'account_of_another_vendor' });
  });
});

describe('consents', () => {
  it('live once per purpose and are withdrawn once', async () => {
    const vendor = await register.save((tx) => saveVendor(tx));
    const give = () =>
      register.act(() =>
        register.consents.give(vendor.id, { purpose: 'stall_figures', textVersion: '2026-01', givenHow: 'form' }),
      );
    const consent = await give();
    await expect(give()).rejects.toMatchObject({ code: 'consent_given' });
    register.clock.advanceMs(1_000);
    const withdraw = () => register.act(() => register.consents.withdraw(consent.id));
    expect(await withdraw()).toMatchObject({ withdrawnAt: '2026-11-22T02:00:01.000Z' });
    await expect(withdraw()).rejects.toMatchObject({ code: 'consent_withdrawn' });
    register.clock.advanceMs(1_000);
    expect(await give()).toMatchObject({ withdrawnAt: null });
  });

  it('of a whole market are recorded once', async () => {
    const market = await register.save(async (tx) => {
      const newMarket = await saveMarket(tx);
      for (let i = 0; i < 2; i += 1) await saveOccupiedStall(tx, await saveStall(tx, newMarket), { consent: false });
      return newMarket;
    });
    const give = () =>
      register.act(() =>
        register.consents.giveForMarket(market.code, { purpose: 'stall_figures', textVersion: 'x', givenHow: 'form' }),
      );
    expect([await give(), await give()]).toEqual([2, 0]);
  });
});

describe('the list of stalls', () => {
  it('stands in natural order with vendor and masked account of today, and pages', async () => {
    const market = await register.save(async (tx) => {
      const newMarket = await saveMarket(tx);
      for (const number of ['Ô 10', 'Ô 2', 'Ô 1', 'Ô 2A']) {
        const stall = await saveStall(tx, newMarket, { number });
        if (number === 'Ô 2') await saveOccupiedStall(tx, stall, { accountNumber: '99900011122' });
      }
      return newMarket;
    });
    const first = await register.stallRegister.list(market.code, { limit: 3 });
    expect(first.items.map((stall) => stall.number)).toEqual(['Ô 1', 'Ô 2', 'Ô 2A']);
    expect(first.items[1]).toMatchObject({ account: { accountMasked: '****1122', verified: true }, qr: null });
    expect(JSON.stringify(first)).not.toContain('99900011122');
    const rest = await register.stallRegister.list(market.code, { limit: 3, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ number: 'Ô 10', vendor: null }], nextCursor: null, total: 4 });
    const found = await register.stallRegister.list(market.code, { limit: 3, q: 'o2a' });
    expect(found.items.map((stall) => stall.number)).toEqual(['Ô 2A']);
  });
});
