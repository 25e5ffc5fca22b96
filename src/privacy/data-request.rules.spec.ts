import { businessDay } from '../kernel/business-day';
import { clockOf, type RequestClock } from './data-request.rules';

const DUE = businessDay('2026-11-24');

it.each<[string, string | null, RequestClock]>([
  ['2026-11-23', null, 'in_time'],
  ['2026-11-24', null, 'due_today'],
  ['2026-11-25', null, 'overdue'],
  ['2026-12-25', '2026-11-24', 'answered_in_time'],
  ['2026-12-25', '2026-11-25', 'answered_late'],
])('on %s, answered on %s: %s', (today, answered, clock) => {
  const answeredOn = answered === null ? null : businessDay(answered);
  const state = answered === null ? 'open' : 'answered';
  expect(clockOf({ state, dueOn: DUE, answeredOn }, businessDay(today))).toBe(clock);
});
