import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { ProblemNote } from '../kit/problem-note';
import { useSession } from '../session/use-session';
import { PageProgress } from './page-progress';
import { RouteLoading } from './route-loading';
import './shell.css';
import { SideNav } from './side-nav';
import { TopBar } from './top-bar';

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  const location = useLocation();
  const navigation = useNavigation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const main = useFocusOnNewPage(location.pathname);
  useEffect(() => setMenuOpen(false), [location.pathname]);

  if (session.isPending) return <RouteLoading />;
  if (session.error && !session.data) {
    return (
      <main style={{ padding: 24 }}>
        <ProblemNote error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data) {
    const from = encodeURIComponent(`${location.pathname}${location.search}`);
    return <Navigate to={`/sign-in?from=${from}`} replace />;
  }
  if (session.data.mustEnrolSecondFactor && location.pathname !== '/account') {
    return <Navigate to="/account" replace />;
  }
  return (
    <>
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <PageProgress busy={navigation.state !== 'idle'} />
      <TopBar session={session.data} isMenuOpen={isMenuOpen} onMenu={() => setMenuOpen(!isMenuOpen)} />
      <div className="shell-body">
        <SideNav isOpen={isMenuOpen} />
        <main id="main" className="shell-main" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <ScrollRestoration />
    </>
  );
}

/** After a change of page the keyboard and the reader continue in the new page, not in the old menu. */
function useFocusOnNewPage(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
