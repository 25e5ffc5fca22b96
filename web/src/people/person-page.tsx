import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Person, readPerson } from '../api/people';
import { Facts } from '../kit/facts';
import { Note } from '../kit/note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { TimeAgo } from '../kit/time-ago';
import { May } from '../session/may';
import { PersonActions } from './person-actions';
import { PersonHistory } from './person-history';
import { PersonStateTag } from './person-state-tag';
import { PlaceNames } from './place-names';

/** One person: what they may do and where, how they sign in, and what happened to the account. */
export function PersonPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['person', id], queryFn: () => readPerson(id) });
  const person = query.data;
  return (
    <Page
      title={person?.fullName ?? t('nav.people')}
      crumbs={[{ title: t('nav.people'), to: '/people' }]}
      tags={person && <PersonStateTag state={person.state} />}
      lead={person?.email}
      actions={
        person && (
          <May do="people.manage">
            <PersonActions person={person} />
          </May>
        )
      }
    >
      <QueryView query={query} lines={10}>
        {(data) => (
          <div className="stack">
            <Waiting person={data} />
            <RoleFacts person={data} />
            <SignInFacts person={data} />
            <May do="audit.read">
              <PersonHistory id={data.id} />
            </May>
          </div>
        )}
      </QueryView>
    </Page>
  );
}

interface Props {
  readonly person: Person;
}

function Waiting({ person: { state, pendingGrantId, disabledReason } }: Props) {
  const { t } = useTranslation();
  if (state === 'disabled') {
    return (
      <Note tone="alarm" title={t('people.isDisabled')}>
        <p>{disabledReason}</p>
      </Note>
    );
  }
  if (!pendingGrantId && state !== 'requested') return null;
  return (
    <Note tone="attention" title={t(pendingGrantId ? 'people.grantWaits' : 'people.grantRefused')}>
      <p>{t(state === 'requested' ? 'people.requestedText' : 'people.grantWaitsText')}</p>
      {pendingGrantId && (
        <May do="approval.read">
          <Link to="/inbox">{t('people.openGrant')}</Link>
        </May>
      )}
    </Note>
  );
}

function RoleFacts({ person }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t('people.roleAndArea')}>
      <Facts
        facts={[
          {
            name: t('people.role'),
            value: (
              <>
                {t(`role.${person.role}`)}
                <div className="soft">{t(`people.roleMay.${person.role}`)}</div>
              </>
            ),
          },
          { name: t('people.area'), value: <PlaceNames person={person} all /> },
        ]}
      />
    </Section>
  );
}

function SignInFacts({ person }: Props) {
  const { t } = useTranslation();
  const { lastSignedInAt, sessions, hasSecondFactor, hasIdentity, createdAt, letter } = person;
  const yesNo = (is: boolean) => t(is ? 'app.yes' : 'app.no');
  return (
    <Section title={t('people.signIn')}>
      <Facts
        facts={[
          {
            name: t('people.lastSignIn'),
            value: lastSignedInAt ? <TimeAgo instant={lastSignedInAt} /> : t('people.never'),
          },
          { name: t('people.sessions'), value: sessions },
          { name: t('people.secondFactor'), value: yesNo(hasSecondFactor) },
          { name: t('people.identity'), value: yesNo(hasIdentity) },
          { name: t('people.since'), value: <TimeAgo instant={createdAt} /> },
          ...(letter
            ? [
                {
                  name: t('people.letter'),
                  value: (
                    <>
                      {t(`people.letterStates.${letter.state}`)} · <TimeAgo instant={letter.at} />
                      {letter.fault && <span className="code"> {letter.fault}</span>}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
