import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import './tab-links.css';

interface TabLinksProps {
  readonly label: string;
  readonly tabs: readonly { to: string; title: string; exact?: boolean }[];
}

/** Parts of a record as links: each has an address, "back" works, and a tab can be opened beside another. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  useEffect(() => bringIntoView(list.current), [pathname]);
  return (
    <nav className="tab-links" aria-label={label}>
      <ul ref={list}>
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink to={tab.to} end={tab.exact}>
              {tab.title}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** On a phone the open part may lie beyond the edge. */
function bringIntoView(list: HTMLElement | null): void {
  const open = list?.querySelector<HTMLElement>('a.active');
  if (!list || !open) return;
  const { left, width } = open.getBoundingClientRect();
  list.scrollLeft += left - list.getBoundingClientRect().left - (list.clientWidth - width) / 2;
}
