import { z } from 'zod';
import type { ApprovalKind } from './approval-kind';
import { ApprovalKinds } from './approval-kinds';

const kindOf = (kind: string): ApprovalKind<{ id: string }> => ({
  kind,
  payload: z.strictObject({ id: z.string() }),
  request: 'vendor.write',
  decide: 'vendor.approve',
  see: 'vendor.read',
  describe: async () => ({ sentence: { vi: 'Đổi.', en: 'Change.' }, facts: [] }),
  check: async () => undefined,
  apply: async () => undefined,
});

describe('kinds of approvals', () => {
  it('have one owner each', () => {
    const kinds = new ApprovalKinds();
    const kind = kindOf('account_change');
    kinds.register(kind);
    expect(() => kinds.register(kindOf('account_change'))).toThrow('two kinds of approvals are called account_change');
    expect(kinds.find('account_change')).toBe(kind);
    expect(kinds.all()).toEqual([kind]);
  });

  it.each([
    ['one that nobody registered', kindOf('never_registered')],
    ['one that borrows a name', kindOf('account_change')],
  ])('cannot be asked for: %s', (_name, kind) => {
    const kinds = new ApprovalKinds();
    kinds.register(kindOf('account_change'));
    expect(() => kinds.require(kind)).toThrow('is not registered');
    expect(kinds.find('toString')).toBeUndefined();
  });
});
