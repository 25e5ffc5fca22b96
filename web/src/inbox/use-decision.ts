import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Approval } from '../api/types';
import { useNotice } from '../kit/use-notice';

/** A decision may change anything: what is on screen is read again, also when somebody else was faster. */
export function useDecision<Input>(run: (input: Input) => Promise<Approval>, done: string, onDone: () => void) {
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: run,
    onSuccess: () => {
      onDone();
      notice.done(done);
    },
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  });
}
