import UserOutlined from '@ant-design/icons/UserOutlined';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Session } from '../api/types';
import { useNotice } from '../kit/use-notice';
import { useSignOut } from '../session/use-session';

/** Who is signed in, as what, and the way out. */
export function UserMenu({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const signOut = useSignOut();
  const { fullName, email, role } = session.user;
  return (
    <details className="user-menu no-print" onKeyDown={(event) => event.key === 'Escape' && close(event.currentTarget)}>
      <summary className="bar-button" aria-label={t('app.account', { name: fullName })}>
        <UserOutlined />
        <span className="wide-only">{fullName}</span>
      </summary>
      <div className="panel">
        <div>
          <strong>{fullName}</strong>
          <div className="soft">{email}</div>
          <div className="soft">{t(`role.${role}`)}</div>
        </div>
        {session.province && <div className="soft">{session.province.name}</div>}
        <Link to="/account" onClick={(event) => event.currentTarget.closest('details')?.removeAttribute('open')}>
          {t('ownAccount.title')}
        </Link>
        <Button loading={signOut.isPending} onClick={() => signOut.mutate(undefined, { onError: notice.problem })}>
          {t('session.signOut')}
        </Button>
      </div>
    </details>
  );
}

function close(details: HTMLDetailsElement): void {
  details.open = false;
  details.querySelector('summary')?.focus();
}
