import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of an institution's keys or addresses: afterwards everything that shows them is read again. */
export function useBankClientAction<Input, Result>(
  run: (input: Input) => Promise<Result>,
  onDone: (result: Result) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    // What a new key shows is in no cache: it lives as long as the dialog that shows it.
    gcTime: 0,
    onSuccess: async (result) => {
      onDone(result);
      void client.invalidateQueries({ queryKey: ['approvals'] });
      void client.invalidateQueries({ queryKey: ['bank-clients'] });
      await client.invalidateQueries({ queryKey: ['bank-client'] });
    },
  });
}
