import BankOutlined from '@ant-design/icons/BankOutlined';
import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import CheckSquareOutlined from '@ant-design/icons/CheckSquareOutlined';
import DashboardOutlined from '@ant-design/icons/DashboardOutlined';
import FileProtectOutlined from '@ant-design/icons/FileProtectOutlined';
import FlagOutlined from '@ant-design/icons/FlagOutlined';
import IdcardOutlined from '@ant-design/icons/IdcardOutlined';
import HourglassOutlined from '@ant-design/icons/HourglassOutlined';
import KeyOutlined from '@ant-design/icons/KeyOutlined';
import QuestionCircleOutlined from '@ant-design/icons/QuestionCircleOutlined';
import ShopOutlined from '@ant-design/icons/ShopOutlined';
import SolutionOutlined from '@ant-design/icons/SolutionOutlined';
import TeamOutlined from '@ant-design/icons/TeamOutlined';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useFormat } from '../format/use-format';
import { useWaitingCount } from '../inbox/use-waiting-count';
import { type Permission, useMay } from '../session/use-session';

interface Entry {
  readonly to: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly exact?: boolean;
  /** How many things wait there; shown from 1. */
  readonly waiting?: number;
  /** Who lacks it does not see the entry. */
  readonly permission: Permission;
}

interface Group {
  readonly title?: string;
  readonly entries: readonly Entry[];
}

/** The map of the console; on a phone it covers the page while it is open. */
export function SideNav({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const groups = useGroups()
    .map(({ title, entries }) => ({ title, entries: entries.filter(({ permission }) => may(permission)) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <nav id="side-nav" className={isOpen ? 'side-nav open' : 'side-nav'} aria-label={t('nav.label')}>
      {groups.map(({ title, entries }) => (
        <Fragment key={title ?? ''}>
          {title && <p className="nav-title">{title}</p>}
          <Entries entries={entries} />
        </Fragment>
      ))}
    </nav>
  );
}

function useGroups(): Group[] {
  const { t } = useTranslation();
  const waiting = useWaitingCount();
  return [
    {
      entries: [
        { to: '/', icon: <DashboardOutlined />, title: t('nav.overview'), exact: true, permission: 'totals.read' },
        { to: '/inbox', icon: <CheckSquareOutlined />, title: t('nav.inbox'), permission: 'self', waiting },
        { to: '/markets', icon: <ShopOutlined />, title: t('nav.markets'), permission: 'market.read' },
        { to: '/vendors', icon: <TeamOutlined />, title: t('nav.vendors'), permission: 'vendor.read' },
        { to: '/launches', icon: <FlagOutlined />, title: t('nav.launches'), permission: 'launch.read' },
      ],
    },
    {
      title: t('nav.banks'),
      entries: [
        {
          to: '/submissions',
          icon: <BankOutlined />,
          title: t('nav.submissions'),
          exact: true,
          permission: 'submission.read',
        },
        {
          to: '/submissions/calendar',
          icon: <CalendarOutlined />,
          title: t('nav.calendar'),
          permission: 'submission.read',
        },
        {
          to: '/submissions/suspense',
          icon: <QuestionCircleOutlined />,
          title: t('nav.suspense'),
          permission: 'submission.read',
        },
      ],
    },
    {
      title: t('nav.administration'),
      entries: [
        { to: '/people', icon: <IdcardOutlined />, title: t('nav.people'), permission: 'people.read' },
        { to: '/bank-clients', icon: <KeyOutlined />, title: t('nav.bankClients'), permission: 'bank_client.read' },
        {
          to: '/data-requests',
          icon: <SolutionOutlined />,
          title: t('nav.dataRequests'),
          permission: 'data_request.read',
        },
        { to: '/retention', icon: <HourglassOutlined />, title: t('nav.retention'), permission: 'retention.manage' },
        { to: '/audit', icon: <FileProtectOutlined />, title: t('nav.audit'), permission: 'audit.read' },
      ],
    },
  ];
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.to}>
          <NavLink to={entry.to} end={entry.exact}>
            <span aria-hidden>{entry.icon}</span>
            {entry.title}
            {entry.waiting ? <Waiting count={entry.waiting} /> : null}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

function Waiting({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = format.count(count);
  return (
    <span className="nav-count">
      <span aria-hidden>{total}</span>
      <span className="visually-hidden">{t('inbox.waiting', { total })}</span>
    </span>
  );
}
