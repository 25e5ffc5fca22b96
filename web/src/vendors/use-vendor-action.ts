import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotice } from '../kit/use-notice';

/** A change of a vendor's record: afterwards everything that shows it is read again. */
export function useVendorAction<Input>(run: (input: Input) => Promise<unknown>, done: string, onDone: () => void) {
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: run,
    onSuccess: async () => {
      for (const key of ['vendors', 'stalls', 'stall', 'market', 'overview'])
        void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ['vendor'] });
      onDone();
      notice.done(done);
    },
  });
}
