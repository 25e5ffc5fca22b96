import { ApiProblem } from '../api/problem';

/** The query parameter that says at which step of the sign-in one is. */
export const STEP = 'step';
export const SECOND_FACTOR = 'second-factor';
export const SECOND_STEP_PATH = `/sign-in?${STEP}=${SECOND_FACTOR}`;

/** What came first was right, and one step is missing. */
export function isSecondFactorOwed(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'second_factor_required';
}

/** The same address at another step; null: at the first. */
export function withStep(parameters: URLSearchParams, step: string | null): URLSearchParams {
  const next = new URLSearchParams(parameters);
  if (step === null) next.delete(STEP);
  else next.set(STEP, step);
  return next;
}
