import type { ReactNode } from 'react';
import type { Pages } from '../api/use-pages';
import { Loading } from './loading';
import { MoreLine } from './more-line';
import { ProblemNote } from './problem-note';

interface ListViewProps<Row> {
  readonly pages: Pages<Row>;
  /** How many there are, and of what: "249 chợ"; where no heading says it. */
  readonly count?: string;
  readonly empty: ReactNode;
  /** The table. */
  readonly children: ReactNode;
}

/** A list in each of its conditions: on its way, failed, empty, or rows with their count and the way to more. */
export function ListView<Row>({ pages, count, empty, children }: ListViewProps<Row>) {
  if (pages.isPending) return <Loading lines={10} />;
  if (pages.error && pages.rows.length === 0) return <ProblemNote error={pages.error} onRetry={pages.retry} />;
  if (pages.rows.length === 0) return <>{empty}</>;
  return (
    <>
      {count && (
        <p className="count-line" role="status">
          <strong>{count}</strong>
        </p>
      )}
      {children}
      {pages.error && <ProblemNote error={pages.error} onRetry={pages.loadMore} />}
      <MoreLine pages={pages} />
    </>
  );
}
