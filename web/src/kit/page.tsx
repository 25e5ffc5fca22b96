import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './page.css';

export interface Crumb {
  readonly title: string;
  readonly to: string;
}

interface PageProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  /** State and marks beside the title. */
  readonly tags?: ReactNode;
  /** One sentence: what this page is for. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: title in the tab and on the page, where it lies, what can be done here. */
export function Page({ title, crumbs, tags, lead, actions, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <>
      <header className="page-head">
        {crumbs && <Crumbs crumbs={crumbs} />}
        <div className="row-apart">
          <div className="row">
            <h1 tabIndex={-1}>{title}</h1>
            {tags}
          </div>
          {actions && <div className="actions no-print">{actions}</div>}
        </div>
        {lead && <p className="lead">{lead}</p>}
      </header>
      {children}
    </>
  );
}

function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('app.crumbs')} className="no-print">
      <ol className="crumbs">
        {crumbs.map((crumb) => (
          <li key={crumb.to}>
            <Link to={crumb.to}>{crumb.title}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
