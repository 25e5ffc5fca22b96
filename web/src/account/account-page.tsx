import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../kit/note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { useSession } from '../session/use-session';
import './account.css';
import { PasskeysSection } from './passkeys-section';
import { PasswordSection } from './password-section';
import { RecoveryCodesDialog } from './recovery-codes-dialog';
import { RecoverySection } from './recovery-section';
import { SessionsSection } from './sessions-section';
import { TotpSection } from './totp-section';
import { useOwnSecurity } from './use-account';

/** Everything a person has in hand about their own sign-in. */
export function AccountPage() {
  const { t } = useTranslation();
  const session = useSession();
  const security = useOwnSecurity();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Page title={t('ownAccount.title')} lead={t('ownAccount.lead')}>
      <div className="account stack">
        {session.data?.mustEnrolSecondFactor && (
          <Note tone="attention" title={t('ownAccount.mustEnrol')}>
            <p>{t('ownAccount.mustEnrolDetail')}</p>
          </Note>
        )}
        <QueryView query={security} lines={8}>
          {(known) => (
            <>
              <TotpSection security={known} onCodes={setCodes} />
              <PasskeysSection security={known} onCodes={setCodes} />
              <RecoverySection security={known} onCodes={setCodes} />
              {known.hasPassword && <PasswordSection />}
            </>
          )}
        </QueryView>
        <SessionsSection />
      </div>
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Page>
  );
}
