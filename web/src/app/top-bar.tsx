import MenuOutlined from '@ant-design/icons/MenuOutlined';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Session } from '../api/types';
import { GlobalSearch } from './global-search';
import { LanguageSwitch } from './language-switch';
import { UserMenu } from './user-menu';
import { useAreaName } from '../session/use-area-name';

interface TopBarProps {
  readonly session: Session;
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

/** Product, scope that every figure obeys, demo mark, search, language, who is signed in. */
export function TopBar({ session, isMenuOpen, onMenu }: TopBarProps) {
  const { t } = useTranslation();
  const areaName = useAreaName(session);
  return (
    <header className="top-bar">
      <button
        type="button"
        className="bar-button menu-button no-print"
        aria-expanded={isMenuOpen}
        aria-controls="side-nav"
        aria-label={t('app.menu')}
        onClick={onMenu}
      >
        <MenuOutlined />
      </button>
      <div className="identity">
        <Link to="/" className="product">
          <strong>{t('app.name')}</strong>
          <span className="scope">{areaName}</span>
        </Link>
        {session.demo && <span className="demo-mark">{t('app.demo')}</span>}
      </div>
      <GlobalSearch />
      <LanguageSwitch />
      <UserMenu session={session} />
    </header>
  );
}
