import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import './global-search.css';
import { SearchPanel } from './search-panel';
import { useSearch } from './use-search';

/** Finds markets, vendors and submissions without accents, from any page; `/` brings the cursor here. */
export function GlobalSearch() {
  const { t } = useTranslation();
  const location = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const search = useSearch(text);
  useSlashKey(() => input.current?.focus());
  useEffect(() => {
    setOpen(false);
    setText('');
  }, [location.pathname]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setOpen(false);
      input.current?.focus();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      moveFocus(box.current, event.key === 'ArrowDown' ? 1 : -1);
    }
  };
  return (
    <div
      className="global-search no-print"
      role="search"
      ref={box}
      onKeyDown={onKeyDown}
      onFocus={() => setOpen(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <span className="icon" aria-hidden>
        <SearchOutlined />
      </span>
      <input
        ref={input}
        type="search"
        autoComplete="off"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {!text && <kbd aria-hidden>/</kbd>}
      {isOpen && text.trim().length > 1 && <SearchPanel search={search} />}
    </div>
  );
}

/** Arrow keys walk through field and results. */
function moveFocus(box: HTMLElement | null, step: number): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('input, a') ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

function useSlashKey(focus: () => void): void {
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest('input, textarea, select, [contenteditable]')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
