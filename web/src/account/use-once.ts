import { useMutation } from '@tanstack/react-query';

/** A request whose answer opens something and is not kept: secrets are not left in a cache. */
export function useOnce<Output>(
  request: () => Promise<Output>,
  onSuccess: (output: Output) => void,
  onError: (error: unknown) => void,
) {
  return useMutation({ mutationFn: (_: undefined) => request(), onSuccess, onError, gcTime: 0 });
}
