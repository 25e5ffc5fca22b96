import { z } from 'zod';
import type { BusinessDay } from '../kernel/business-day';

/** What a person may ask about their data (Law on Personal Data Protection 2025, Decree 356/2025). */
export const REQUEST_KINDS = [
  'access',
  'copy',
  'correction',
  'deletion',
  'restriction',
  'objection',
  'consent_withdrawal',
  'complaint',
] as const;
export const requestKindSchema = z.enum(REQUEST_KINDS).meta({ example: 'copy' });

export const REQUEST_STATES = ['open', 'answered', 'refused', 'withdrawn'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
export const requestStateSchema = z.enum(REQUEST_STATES).meta({ example: 'open' });

export const RECEIVED_HOW = ['counter', 'letter', 'phone', 'email', 'link'] as const;

/** How a request stands to its clock: open ones run, closed ones were in time or late. */
export type RequestClock = 'in_time' | 'due_today' | 'overdue' | 'answered_in_time' | 'answered_late';
export const REQUEST_CLOCKS = ['in_time', 'due_today', 'overdue', 'answered_in_time', 'answered_late'] as const;

export function clockOf(
  request: { readonly state: RequestState; readonly dueOn: BusinessDay; readonly answeredOn: BusinessDay | null },
  today: BusinessDay,
): RequestClock {
  if (request.answeredOn !== null) return request.answeredOn <= request.dueOn ? 'answered_in_time' : 'answered_late';
  if (today > request.dueOn) return 'overdue';
  return today === request.dueOn ? 'due_today' : 'in_time';
}
