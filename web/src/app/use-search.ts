import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listMarkets } from '../api/markets';
import { listSubmissions } from '../api/submissions';
import { listVendors } from '../api/vendors';

const PAUSE_MS = 250;
const HITS = 5;

/** What the search box finds; asked a moment after the last key. */
export function useSearch(text: string) {
  const wanted = usePaused(text.trim());
  return useQuery({
    queryKey: ['search', wanted],
    enabled: wanted.length > 1,
    queryFn: async ({ signal }) => {
      const query = { q: wanted, limit: HITS };
      const [markets, vendors, submissions] = await Promise.all([
        listMarkets(query, signal),
        listVendors(query, signal),
        listSubmissions(query, signal),
      ]);
      return { markets: markets.items, vendors: vendors.items, submissions: submissions.items };
    },
  });
}

export type Search = ReturnType<typeof useSearch>;

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
