import { useState } from 'react';

/** Columns that somebody has hidden in a list, kept on this device. */
export function useHiddenColumns(list: string): [readonly string[], (hidden: string[]) => void] {
  const key = `cho40.hidden-columns.${list}`;
  const [hidden, setHidden] = useState(() => (localStorage.getItem(key) ?? '').split(',').filter(Boolean));
  const keep = (next: string[]) => {
    localStorage.setItem(key, next.join(','));
    setHidden(next);
  };
  return [hidden, keep];
}
