import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotice } from '../kit/use-notice';

/** A change of a person's account: afterwards everything that shows it is read again. */
export function usePersonAction<Input>(run: (input: Input) => Promise<unknown>, done: string, onDone: () => void) {
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: run,
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: ['people'] });
      void client.invalidateQueries({ queryKey: ['audit'] });
      await client.invalidateQueries({ queryKey: ['person'] });
      onDone();
      notice.done(done);
    },
  });
}
