import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';

/** How long a value stands on the screen: enough to compare it with a paper, not to be left behind. */
export const SHOWN_SECONDS = 60;

/** A value in clear, asked for with a reason: kept nowhere but on the screen, and gone after a minute. */
export function useReveal(ask: (reason: string) => Promise<string>) {
  const { mutate, reset, data, error, isPending } = useMutation({ mutationFn: ask, gcTime: 0 });
  useEffect(() => {
    if (data === undefined) return undefined;
    const timer = setTimeout(reset, SHOWN_SECONDS * 1_000);
    return () => clearTimeout(timer);
  }, [data, reset]);
  return { ask: mutate, hide: reset, shown: data, error, busy: isPending };
}
