import { useMutation, useQueryClient } from '@tanstack/react-query';

/** An action that changes a market's stalls or codes: afterwards everything that shows them is read again. */
export function useMarketAction<Answer, Input = void>(
  run: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async (answer) => {
      for (const key of ['stalls', 'issues', 'markets', 'overview', 'packs'])
        void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ['market'] });
      onDone(answer);
    },
  });
}
