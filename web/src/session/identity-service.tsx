import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { readSignInMethods, startOidc } from '../api/people';
import { Note } from '../kit/note';
import { ProblemNote } from '../kit/problem-note';
import './identity-service.css';
import { safeReturnPath } from './return-path';

const PROBLEMS = ['oidc_refused', 'oidc_unavailable'] as const;

/** The way in over the province's identity service, where there is one; says what came of the last try. */
export function IdentityService() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const methods = useQuery({ queryKey: ['sign-in-methods'], queryFn: readSignInMethods, staleTime: Infinity });
  const start = useMutation({
    mutationFn: () => startOidc(safeReturnPath(parameters.get('from'))),
    onSuccess: (url) => window.location.assign(url),
  });
  const service = methods.data?.identityService;
  if (!service) return null;
  const problem = PROBLEMS.find((code) => code === parameters.get('problem'));
  return (
    <div className="identity-service">
      {problem && !start.error && (
        <Note tone="alarm" title={t(`identity.${problem}`)}>
          <p>{t(`identity.${problem}Detail`)}</p>
        </Note>
      )}
      {start.error && <ProblemNote error={start.error} />}
      <p className="soft">{t('identity.or')}</p>
      <Button size="large" block loading={start.isPending || start.isSuccess} onClick={() => start.mutate()}>
        {t('identity.signInWith', { label: service.label ?? t('identity.label') })}
      </Button>
    </div>
  );
}
