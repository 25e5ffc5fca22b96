import { request } from './request';
import type { Bank, BankCalendar, Page, Submission, SubmissionLine, SubmissionProblem, SuspenseLine } from './types';

type Query = Record<string, string | number | undefined>;

export function listSubmissions(query: Query, signal?: AbortSignal): Promise<Page<Submission>> {
  return request('GET', '/submissions', { query, signal });
}

export function readSubmission(id: string): Promise<Submission> {
  return request('GET', `/submissions/${id}`);
}

export function listProblems(id: string, query: Query, signal?: AbortSignal): Promise<Page<SubmissionProblem>> {
  return request('GET', `/submissions/${id}/problems`, { query, signal });
}

export function listLines(id: string, query: Query, signal?: AbortSignal): Promise<Page<SubmissionLine>> {
  return request('GET', `/submissions/${id}/lines`, { query, signal });
}

export function listSuspense(query: Query, signal?: AbortSignal): Promise<Page<SuspenseLine>> {
  return request('GET', '/suspense', { query, signal });
}

export function readCalendar(from: string, to: string): Promise<BankCalendar> {
  return request('GET', '/bank-calendar', { query: { from, to } });
}

export function listBanks(): Promise<Page<Bank>> {
  return request('GET', '/banks', { query: { limit: 200 } });
}
