import type { ReactNode } from 'react';
import { Loading } from './loading';
import { ProblemNote } from './problem-note';

interface QueryViewProps<Data> {
  readonly query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What was asked for, or its place, or what went wrong. Data that is there stays on screen when a refresh fails. */
export function QueryView<Data>({ query, lines, children }: QueryViewProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
}
