import { z } from 'zod';
import type { BusinessDay } from '../kernel/business-day';
import { mayMove, type Transitions } from '../kernel/transitions';

/** Where a market stands on its way to going cashless (product rules §3). */
export const LAUNCH_STATES = [
  'proposed',
  'surveyed',
  'planned',
  'preparing',
  'eligible',
  'scheduled',
  'launched',
  'operating',
  'suspended',
  'withdrawn',
  'closed',
] as const;
export type LaunchState = (typeof LAUNCH_STATES)[number];
export const launchStateSchema = z.enum(LAUNCH_STATES).meta({ example: 'preparing' });

/**
 * One step forward at a time; a step back where a plan falls through before the launch; from every state before the
 * end a market may be withdrawn or closed. A suspended market resumes operating; a re-launch is a new event that
 * starts at `planned`. `closed` is final: a market code is never reused.
 */
export const LAUNCH_NEXT: Transitions<LaunchState> = {
  proposed: ['surveyed', 'withdrawn', 'closed'],
  surveyed: ['planned', 'withdrawn', 'closed'],
  planned: ['preparing', 'surveyed', 'withdrawn', 'closed'],
  preparing: ['eligible', 'planned', 'withdrawn', 'closed'],
  eligible: ['scheduled', 'preparing', 'withdrawn', 'closed'],
  scheduled: ['launched', 'eligible', 'withdrawn', 'closed'],
  launched: ['operating', 'suspended', 'withdrawn', 'closed'],
  operating: ['suspended', 'withdrawn', 'closed'],
  suspended: ['operating', 'planned', 'withdrawn', 'closed'],
  withdrawn: ['proposed', 'closed'],
  closed: [],
};

/**
 * Steps past the criteria: a market that has not been found eligible is scheduled or launched all the same. Allowed when
 * two people say so and why (product rules §3).
 */
export const LAUNCH_OVERRIDES: Readonly<Partial<Record<LaunchState, readonly LaunchState[]>>> = {
  planned: ['scheduled', 'launched'],
  preparing: ['scheduled', 'launched'],
};

export function isOverride(from: LaunchState, to: LaunchState): boolean {
  return LAUNCH_OVERRIDES[from]?.includes(to) ?? false;
}

/** States of a market that counts as launched in every figure. */
export const LAUNCHED_STATES: readonly LaunchState[] = ['launched', 'operating'];

export type TransitionFault = 'not_allowed' | 'before_current' | 'in_future' | 'decision_missing';

export interface TransitionRequest {
  readonly from: LaunchState;
  /** The day on which the present state was reached. */
  readonly since: BusinessDay;
  readonly to: LaunchState;
  readonly onDay: BusinessDay;
  readonly decisionNumber?: string;
  readonly today: BusinessDay;
  /** Whether the step may pass the criteria by. */
  readonly override?: boolean;
}

/** What speaks against a step; null when nothing does. A launch needs the number of the decision behind it. */
export function transitionFault(request: TransitionRequest): TransitionFault | null {
  const { from, since, to, onDay, decisionNumber, today, override = false } = request;
  if (!mayMove(LAUNCH_NEXT, from, to) && !(override && isOverride(from, to))) return 'not_allowed';
  if (onDay < since) return 'before_current';
  if (onDay > today) return 'in_future';
  if (to === 'launched' && !decisionNumber) return 'decision_missing';
  return null;
}
