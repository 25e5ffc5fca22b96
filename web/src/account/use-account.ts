import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Enrolled, listOwnSessions, readOwnSecurity } from '../api/account';
import { useNotice } from '../kit/use-notice';
import { SESSION_KEY, useKeepSession } from '../session/use-session';

const SECURITY_KEY = ['own-security'] as const;
const SESSIONS_KEY = ['own-sessions'] as const;

export function useOwnSecurity() {
  return useQuery({ queryKey: SECURITY_KEY, queryFn: readOwnSecurity });
}

export function useOwnSessions() {
  return useQuery({ queryKey: SESSIONS_KEY, queryFn: listOwnSessions });
}

/** Changes something of one's own account, says so, and reads again what the page shows. */
export function useAccountAction<Input, Output>(
  action: (input: Input) => Promise<Output>,
  done: (output: Output) => string,
  after?: (output: Output) => void,
) {
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: action,
    onSuccess: async (output: Output) => {
      notice.done(done(output));
      after?.(output);
      await Promise.all(
        [SECURITY_KEY, SESSIONS_KEY, SESSION_KEY].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}

/** Adds a factor: the answer brings the session along, under a new token. */
export function useEnrolment<Input>(
  action: (input: Input) => Promise<Enrolled>,
  done: string,
  after: (recoveryCodes: readonly string[] | null) => void,
) {
  const keep = useKeepSession();
  return useAccountAction(
    async (input: Input) => {
      const enrolled = await action(input);
      keep(enrolled.session);
      return enrolled;
    },
    () => done,
    ({ recoveryCodes }) => after(recoveryCodes),
  );
}
