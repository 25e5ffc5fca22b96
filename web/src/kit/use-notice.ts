import { createContext, useContext } from 'react';

export interface Notices {
  /** Something was done; goes away by itself. */
  done: (this: void, sentence: string) => void;
  /** Something failed; stays until it is closed. */
  problem: (this: void, error: unknown) => void;
}

export const NoticeContext = createContext<Notices>({ done: () => undefined, problem: () => undefined });

export function useNotice(): Notices {
  return useContext(NoticeContext);
}
