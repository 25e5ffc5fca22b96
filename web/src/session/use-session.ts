import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { setCsrfToken } from '../api/client';
import { activateAccount, readSession, signIn, signOut } from '../api/access';
import type { Session } from '../api/types';

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

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: (session) => client.setQueryData(SESSION_KEY, remember(session)),
  });
}

export function useActivation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: activateAccount,
    onSuccess: (session) => client.setQueryData(SESSION_KEY, remember(session)),
  });
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
