import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from './note';
import './notice.css';
import { ProblemNote } from './problem-note';
import { NoticeContext, type Notices } from './use-notice';

interface Item {
  readonly id: number;
  readonly sentence?: string;
  readonly error?: unknown;
}

const SHOWN_MS = 6_000;

/** Answers that belong to no place on the page, in its corner and read aloud. */
export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [items, setItems] = useState<readonly Item[]>([]);
  const close = (id: number) => setItems((current) => current.filter((item) => item.id !== id));
  const notices = useMemo<Notices>(() => {
    let last = 0;
    const add = (item: Omit<Item, 'id'>): number => {
      last += 1;
      const id = last;
      setItems((current) => [...current.slice(-2), { ...item, id }]);
      return id;
    };
    return {
      done: (sentence) => {
        const id = add({ sentence });
        setTimeout(() => close(id), SHOWN_MS);
      },
      problem: (error) => void add({ error }),
    };
  }, []);
  return (
    <NoticeContext value={notices}>
      {children}
      <div className="notices no-print" role="status" aria-live="polite">
        {items.map((item) => (
          <div key={item.id}>
            {item.sentence ? <Note tone="done" title={item.sentence} /> : <ProblemNote error={item.error} />}
            {!item.sentence && (
              <button type="button" className="close" onClick={() => close(item.id)}>
                {t('app.close')}
              </button>
            )}
          </div>
        ))}
      </div>
    </NoticeContext>
  );
}
