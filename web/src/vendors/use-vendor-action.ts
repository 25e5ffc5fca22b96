import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotice } from '../kit/use-notice';

/** A change of a vendor's record: afterwards everything that shows it is read again. */
export function useVendorAction<Input, Answer>(
  run: (input: Input) => Promise<Answer>,
  done: string | ((answer: Answer) => string),
  onDone: () => void,
) {
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: run,
    onSuccess: async (answer) => {
      for (const key of ['vendors', 'stalls', 'stall', 'market', 'overview'])
        void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ['vendor'] });
      onDone();
      notice.done(typeof done === 'string' ? done : done(answer));
    },
  });
}
