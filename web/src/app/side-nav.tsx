import BankOutlined from '@ant-design/icons/BankOutlined';
import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import DashboardOutlined from '@ant-design/icons/DashboardOutlined';
import FlagOutlined from '@ant-design/icons/FlagOutlined';
import QuestionCircleOutlined from '@ant-design/icons/QuestionCircleOutlined';
import ShopOutlined from '@ant-design/icons/ShopOutlined';
import TeamOutlined from '@ant-design/icons/TeamOutlined';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

interface Entry {
  readonly to: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly exact?: boolean;
}

/** The map of the console; on a phone it covers the page while it is open. */
export function SideNav({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useTranslation();
  const register: Entry[] = [
    { to: '/', icon: <DashboardOutlined />, title: t('nav.overview'), exact: true },
    { to: '/markets', icon: <ShopOutlined />, title: t('nav.markets') },
    { to: '/vendors', icon: <TeamOutlined />, title: t('nav.vendors') },
    { to: '/launches', icon: <FlagOutlined />, title: t('nav.launches') },
  ];
  const banks: Entry[] = [
    { to: '/submissions', icon: <BankOutlined />, title: t('nav.submissions'), exact: true },
    { to: '/submissions/calendar', icon: <CalendarOutlined />, title: t('nav.calendar') },
    { to: '/submissions/suspense', icon: <QuestionCircleOutlined />, title: t('nav.suspense') },
  ];
  return (
    <nav id="side-nav" className={isOpen ? 'side-nav open' : 'side-nav'} aria-label={t('nav.label')}>
      <Entries entries={register} />
      <p className="nav-title">{t('nav.banks')}</p>
      <Entries entries={banks} />
    </nav>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.to}>
          <NavLink to={entry.to} end={entry.exact}>
            <span aria-hidden>{entry.icon}</span>
            {entry.title}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
