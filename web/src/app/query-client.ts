import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { SESSION_KEY } from '../session/use-session';

const RETRIES = 2;

/** A session that ended while somebody worked: the shell then shows the sign-in and comes back to this page. */
function noticeSignedOut(error: unknown): void {
  // Asked again rather than believed: an answer to the cookie before the last may come late.
  if (error instanceof ApiProblem && error.status === 401)
    void queryClient.invalidateQueries({ queryKey: SESSION_KEY });
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < RETRIES && isPassing(error),
    },
    mutations: { onError: noticeSignedOut },
  },
});

/** Only what may be gone in a moment is asked again: no answer, or a server that says so. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
}
