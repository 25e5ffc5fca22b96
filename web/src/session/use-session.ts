import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { setCsrfToken } from '../api/client';
import {
  activateAccount,
  askPasskey,
  confirmSignIn,
  readSession,
  signIn,
  signInByPasskey,
  signOut,
  stepUp,
} from '../api/access';
import type { Session } from '../api/types';
import { answerByPasskey } from './passkeys';

export const SESSION_KEY = ['session'] as const;

/** Who is signed in; null for nobody. */
export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: readOrNull, staleTime: 5 * 60_000 });
}

async function readOrNull(): Promise<Session | null> {
  try {
    return remember(await readSession());
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

export type Permission = Session['user']['permissions'][number];

/** Whether the person may do something: what would be refused is not offered. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useSession();
  return (permission) => data?.user.permissions.includes(permission) ?? false;
}

function remember(session: Session): Session {
  setCsrfToken(session.csrfToken);
  return session;
}

/** Something whose answer is a new session, or the same under a new token. */
function useSessionFrom<Input>(mutationFn: (input: Input) => Promise<Session>) {
  const keep = useKeepSession();
  return useMutation({ mutationFn, onSuccess: keep });
}

/** For answers that bring a session along: its token is needed by the next write. */
export function useKeepSession(): (session: Session) => void {
  const client = useQueryClient();
  return (session) => void client.setQueryData(SESSION_KEY, remember(session));
}

export function useSignIn() {
  return useSessionFrom(signIn);
}

/** The second step of a sign-in. */
export function useConfirmSignIn() {
  return useSessionFrom(confirmSignIn);
}

export function usePasskeySignIn() {
  return useSessionFrom(async () => signInByPasskey(await answerByPasskey(await askPasskey())));
}

export function useActivation() {
  return useSessionFrom(activateAccount);
}

/** Confirms in the middle of a session. */
export function useStepUp() {
  return useSessionFrom(stepUp);
}

/** Ends the session and forgets everything that was read under it. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      // The session stays in the cache: the shell watches it, and shows the sign-in once it is nobody's.
      client.setQueryData(SESSION_KEY, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
      client.getMutationCache().clear();
    },
  });
}
