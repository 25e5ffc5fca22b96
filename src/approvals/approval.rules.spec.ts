import { mayMove } from '../kernel/transitions';
import {
  APPROVAL_NEXT,
  APPROVAL_STATES,
  type Decidable,
  type DecisionFault,
  decisionFault,
  isSamePerson,
  type Person,
  type Requester,
} from './approval.rules';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const LAN: Requester = { kind: 'staff', id: 'lan', email: 'lan@socongthuong.vn' };
const HOA: Person = { id: 'hoa', email: 'hoa@socongthuong.vn', role: 'department_officer' };
const PENDING: Decidable = { state: 'pending', expiresAt: new Date('2026-11-29T02:00:00.000Z'), requestedBy: LAN };

describe('a request', () => {
  it('is decided once: every end is final', () => {
    const open = APPROVAL_STATES.filter((from) => APPROVAL_STATES.some((to) => mayMove(APPROVAL_NEXT, from, to)));
    expect(open).toEqual(['pending']);
    for (const to of APPROVAL_STATES) expect(mayMove(APPROVAL_NEXT, 'pending', to)).toBe(to !== 'pending');
  });
});

describe('decisionFault', () => {
  it.each<[string, Partial<Decidable>, Partial<Person>, DecisionFault | null]>([
    ['a colleague', {}, {}, null],
    ['whoever asked', {}, { id: 'lan' }, 'same_person'],
    ['a second account of one mailbox', {}, { email: 'Lan+2@socongthuong.vn' }, 'same_person'],
    ['a role that decides nothing', {}, { role: 'market_board' }, 'not_permitted'],
    ['a role that decides other things', {}, { role: 'system_admin' }, 'not_permitted'],
    ['a leader', {}, { role: 'department_leader' }, null],
    ['one who may not, about what is closed', { state: 'approved' }, { role: 'auditor' }, 'not_permitted'],
    ['the last instant', { expiresAt: new Date(NOW.getTime() + 1) }, {}, null],
    ['the end', { expiresAt: NOW }, {}, 'expired'],
    ['a bank’s request', { requestedBy: { kind: 'bank', id: '970436' } }, {}, null],
    [
      'a request of the shell whose user is called as the account',
      { requestedBy: { kind: 'cli', id: 'hoa' } },
      {},
      null,
    ],
    ...APPROVAL_STATES.filter((state) => state !== 'pending').map(
      (state) => [`what is ${state}`, { state }, {}, 'closed'] as [string, Partial<Decidable>, object, DecisionFault],
    ),
  ])('%s', (_name, approval, person, fault) => {
    const options = { permission: 'vendor.read', now: NOW } as const;
    expect(decisionFault({ ...PENDING, ...approval }, { ...HOA, ...person }, options)).toBe(fault);
  });
});

describe('isSamePerson', () => {
  it.each<[string, Requester, boolean]>([
    ['the account', { kind: 'staff', id: 'hoa' }, true],
    ['the mailbox', { kind: 'staff', id: 'x', email: 'HOA@socongthuong.vn' }, true],
    ['the mailbox with a tag', { kind: 'staff', id: 'x', email: 'hoa+quan.tri@socongthuong.vn' }, true],
    ['another domain', { kind: 'staff', id: 'x', email: 'hoa@so.vn' }, false],
    ['an account without email', { kind: 'staff', id: 'x', email: null }, false],
    ['a job of that name', { kind: 'system', id: 'hoa' }, false],
  ])('%s', (_name, requester, same) => {
    expect(isSamePerson(requester, HOA)).toBe(same);
  });
});
