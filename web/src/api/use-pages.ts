import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from './types';

/** Rows asked for at once; the server allows 200. */
const PAGE_ROWS = 50;
const EXPORT_ROWS = 200;

interface Place {
  readonly cursor?: string;
  readonly limit?: number;
}

/** Reads one page of a list that `filters` narrow. */
export type LoadPage<Row, Filters> = (query: Filters & Place, signal?: AbortSignal) => Promise<Page<Row>>;

/** A keyset-paged list: rows so far, how many there are in all, and a way to the next page. */
export function usePages<Row, Filters extends object>(
  key: readonly unknown[],
  load: LoadPage<Row, Filters>,
  filters: Filters,
) {
  const query = useInfiniteQuery({
    queryKey: [...key, filters],
    queryFn: ({ pageParam, signal }) => load({ ...filters, cursor: pageParam, limit: PAGE_ROWS }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages;
  return {
    rows: pages?.flatMap((page) => page.items) ?? [],
    total: pages?.[0]?.total ?? 0,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}

export type Pages<Row> = Omit<ReturnType<typeof usePages<Row, object>>, 'rows'> & { rows: Row[] };

/** Every row that matches, page after page: for exports of what is filtered. */
export async function loadAll<Row, Filters extends object>(
  load: LoadPage<Row, Filters>,
  filters: Filters,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await load({ ...filters, cursor, limit: EXPORT_ROWS }, undefined);
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}
