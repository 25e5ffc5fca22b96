import { NavLink } from 'react-router';
import './tab-links.css';

interface TabLinksProps {
  readonly label: string;
  readonly tabs: readonly { to: string; title: string; exact?: boolean }[];
}

/** Parts of a record as links: each has an address, "back" works, and a tab can be opened beside another. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  return (
    <nav className="tab-links" aria-label={label}>
      <ul>
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
