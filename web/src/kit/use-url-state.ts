import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Filters live in the address, so that a list can be sent to a colleague and "back" comes back to it. */
export function useUrlState() {
  const [parameters, setParameters] = useSearchParams();
  const get = useCallback((name: string) => parameters.get(name) ?? undefined, [parameters]);
  /** The value if it is one of those that the list knows; an address may say anything. */
  const oneOf = useCallback(
    <Value extends string>(name: string, values: readonly Value[]) =>
      values.find((value) => value === parameters.get(name)),
    [parameters],
  );
  const set = useCallback(
    (changes: Record<string, string | undefined>) => {
      setParameters(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParameters],
  );
  return { get, oneOf, set };
}
