import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listMarkets } from '../api/markets';
import { listSubmissions } from '../api/submissions';
import { listVendors } from '../api/vendors';
import { useMay } from '../session/use-session';

const PAUSE_MS = 250;
const HITS = 5;
const NOTHING = { items: [] };

/** What the search box finds; asked a moment after the last key. */
export function useSearch(text: string) {
  const may = useMay();
  const wanted = usePaused(text.trim());
  return useQuery({
    queryKey: ['search', wanted],
    enabled: wanted.length > 1,
    queryFn: async ({ signal }) => {
      const query = { q: wanted, limit: HITS };
      const [markets, vendors, submissions] = await Promise.all([
        listMarkets(query, signal),
        may('vendor.read') ? listVendors(query, signal) : NOTHING,
        may('submission.read') ? listSubmissions(query, signal) : NOTHING,
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
