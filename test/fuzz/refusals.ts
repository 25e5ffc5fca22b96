import type { LightMyRequestResponse } from 'fastify';
import { INNER_LIFE } from '../e2e/problems';

/** The stable code of a refusal; the status of anything else. */
export function codeOf(answer: LightMyRequestResponse): string {
  const isProblem = answer.headers['content-type'] === 'application/problem+json; charset=utf-8';
  return isProblem ? String(answer.json<{ code?: unknown }>().code) : `${answer.statusCode}`;
}

/** Refusals that say nothing about the request: who asks was not the one that the driver meant to be. */
const STRANGER =
  /^(?:sign_in_required|not_permitted|forbidden|csrf_|cross_site|signature_|rate_limited|step_up_|too_many_)/;

/** Null for a clear refusal: a problem document with a stable code, and nothing of how we are made. */
export function whatIsWrong(answer: LightMyRequestResponse, code = codeOf(answer)): string | null {
  const { statusCode, payload } = answer;
  if (statusCode >= 500) return `${statusCode} ${code}`;
  if (statusCode < 300) return isVerdict(payload) ? null : `taken with ${statusCode}`;
  if (!/^[a-z][a-z0-9_]+$/.test(code)) return `${statusCode} without a problem document`;
  if (STRANGER.test(code)) return `not asked as who may: ${code}`;
  const { instance, status } = answer.json<{ instance: string; status: number }>();
  if (status !== statusCode) return `${statusCode} that says ${status}`;
  return INNER_LIFE.test(payload.replace(instance, '')) ? 'tells of its inner life' : null;
}

/** A trial of a submission is answered by its verdict, which must be that it is refused. */
function isVerdict(payload: string): boolean {
  return payload.startsWith('{"verdict":"REJECTED"');
}
