import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type {
  ListSubmissionLinesData,
  ListSubmissionProblemsData,
  ListSubmissionsData,
  ListSuspenseData,
} from './generated/types.gen';
import type {
  Bank,
  BankCalendar,
  Page,
  Submission,
  SubmissionLineItem,
  SubmissionProblem,
  SuspenseItem,
} from './types';

export type SubmissionsQuery = NonNullable<ListSubmissionsData['query']>;
export type ProblemsQuery = NonNullable<ListSubmissionProblemsData['query']>;
export type LinesQuery = NonNullable<ListSubmissionLinesData['query']>;
export type SuspenseQuery = NonNullable<ListSuspenseData['query']>;

export function listSubmissions(query: SubmissionsQuery, signal?: AbortSignal): Promise<Page<Submission>> {
  return answer(sdk.listSubmissions({ ...loud, query, signal }));
}

export function readSubmission(id: string): Promise<Submission> {
  return answer(sdk.getSubmission({ ...loud, path: { id } }));
}

export function listProblems(id: string, query: ProblemsQuery, signal?: AbortSignal): Promise<Page<SubmissionProblem>> {
  return answer(sdk.listSubmissionProblems({ ...loud, path: { id }, query, signal }));
}

export function listLines(id: string, query: LinesQuery, signal?: AbortSignal): Promise<Page<SubmissionLineItem>> {
  return answer(sdk.listSubmissionLines({ ...loud, path: { id }, query, signal }));
}

export function listSuspense(query: SuspenseQuery, signal?: AbortSignal): Promise<Page<SuspenseItem>> {
  return answer(sdk.listSuspense({ ...loud, query, signal }));
}

export function readCalendar(from: string, to: string): Promise<BankCalendar> {
  return answer(sdk.getBankCalendar({ ...loud, query: { from, to } }));
}

export function listBanks(): Promise<Page<Bank>> {
  return answer(sdk.listBanks({ ...loud, query: { limit: 200 } }));
}
