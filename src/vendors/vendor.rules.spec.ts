import { VENDOR_NEXT, VENDOR_STATES, type VendorState, vendorStepFault } from './vendor.rules';

describe('states of a vendor', () => {
  it.each<[VendorState, VendorState, string, string | null, string | null]>([
    ['draft', 'submitted', 'an', null, null],
    ['submitted', 'approved', 'binh', 'an', null],
    ['submitted', 'approved', 'an', 'an', 'same_person'],
    ['submitted', 'rejected', 'an', 'an', 'same_person'],
    ['submitted', 'returned', 'an', 'an', null],
    ['returned', 'submitted', 'an', 'an', null],
    ['approved', 'suspended', 'an', 'an', null],
    ['suspended', 'approved', 'an', 'an', null],
    ['suspended', 'ceased', 'an', 'an', null],
    ['approved', 'ceased', 'an', null, null],
    ['draft', 'approved', 'binh', 'an', 'vendor_cannot_move'],
    ['rejected', 'submitted', 'an', 'an', 'vendor_cannot_move'],
    ['ceased', 'approved', 'binh', 'an', 'vendor_cannot_move'],
    ['approved', 'approved', 'binh', 'an', 'vendor_cannot_move'],
  ])('%s → %s by %s, submitted by %s: %s', (from, to, actorId, submittedBy, fault) => {
    expect(vendorStepFault({ from, to, actorId, submittedBy })).toBe(fault);
  });

  it('every state but the last ones leads on, and only to states that exist', () => {
    for (const state of VENDOR_STATES) expect(VENDOR_STATES).toEqual(expect.arrayContaining([...VENDOR_NEXT[state]]));
    expect(VENDOR_STATES.filter((state) => VENDOR_NEXT[state].length === 0)).toEqual(['rejected', 'ceased']);
  });
});
