import { businessDay } from '../kernel/business-day';
import { mayMove } from '../kernel/transitions';
import {
  isOverride,
  LAUNCH_NEXT,
  LAUNCH_STATES,
  type LaunchState,
  transitionFault,
  type TransitionRequest,
} from './launch.rules';

const request = (change: Partial<TransitionRequest>): TransitionRequest => ({
  from: 'scheduled',
  since: businessDay('2026-09-01'),
  to: 'launched',
  onDay: businessDay('2026-10-10'),
  decisionNumber: '12/QĐ-UBND',
  today: businessDay('2026-10-10'),
  ...change,
});

describe('overrides', () => {
  it('lead where no step leads', () => {
    for (const from of LAUNCH_STATES) {
      for (const to of LAUNCH_STATES) if (isOverride(from, to)) expect(mayMove(LAUNCH_NEXT, from, to)).toBe(false);
    }
  });
});

describe('launch transitions', () => {
  it('lead from proposed to operating in the order of the product rules', () => {
    const way: LaunchState[] = [
      'proposed',
      'surveyed',
      'planned',
      'preparing',
      'eligible',
      'scheduled',
      'launched',
      'operating',
    ];
    way.slice(1).forEach((to, i) => expect(mayMove(LAUNCH_NEXT, way[i] as LaunchState, to)).toBe(true));
  });

  it('skip no step forward before the launch', () => {
    const way = LAUNCH_STATES.slice(0, 8);
    way.forEach((from, i) => {
      const beyond = LAUNCH_NEXT[from].filter((to) => way.indexOf(to) > i + 1);
      expect(beyond).toEqual([]);
    });
  });

  it('end every market somewhere: each state but closed may be closed, and closed is final', () => {
    for (const state of LAUNCH_STATES) expect(mayMove(LAUNCH_NEXT, state, 'closed')).toBe(state !== 'closed');
    expect(LAUNCH_NEXT.closed).toEqual([]);
  });

  it.each<[string, Partial<TransitionRequest>, ReturnType<typeof transitionFault>]>([
    ['a launch on its day', {}, null],
    ['a jump', { from: 'planned' }, 'not_allowed'],
    ['the same state again', { from: 'launched' }, 'not_allowed'],
    ['out of closed', { from: 'closed', to: 'operating' }, 'not_allowed'],
    ['a day before the present state', { onDay: businessDay('2026-08-31') }, 'before_current'],
    ['a day in the future', { onDay: businessDay('2026-10-11') }, 'in_future'],
    ['past the criteria without saying so', { from: 'preparing', to: 'scheduled' }, 'not_allowed'],
    ['past the criteria, and saying so', { from: 'preparing', to: 'scheduled', override: true }, null],
    ['a launch past the criteria', { from: 'planned', to: 'launched', override: true }, null],
    [
      'a launch past the criteria without a decision',
      { from: 'planned', to: 'launched', override: true, decisionNumber: undefined },
      'decision_missing',
    ],
    ['past more than the criteria', { from: 'proposed', to: 'launched', override: true }, 'not_allowed'],
    ['a jump that overrides nothing', { from: 'planned', to: 'operating', override: true }, 'not_allowed'],
    ['a launch without a decision', { decisionNumber: undefined }, 'decision_missing'],
    ['another step without a decision', { from: 'launched', to: 'operating', decisionNumber: undefined }, null],
  ])('%s', (_name, change, fault) => {
    expect(transitionFault(request(change))).toBe(fault);
  });
});
