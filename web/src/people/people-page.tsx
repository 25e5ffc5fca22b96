import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { listPeople, type PersonRow } from '../api/people';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { type Column, DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { SearchField } from '../kit/search-field';
import { TimeAgo } from '../kit/time-ago';
import { useUrlState } from '../kit/use-url-state';
import { May } from '../session/may';
import { PERSON_STATES, PersonStateTag } from './person-state-tag';
import { PlaceNames } from './place-names';
import { STAFF_ROLES } from './role-areas.rules';

/** Who works with the system, as what and where. */
export function PeoplePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { get, oneOf, set } = useUrlState();
  const filters = { q: get('q'), role: oneOf('role', STAFF_ROLES), state: oneOf('state', PERSON_STATES) };
  const pages = usePages(['people'], listPeople, filters);
  const columns = usePeopleColumns();
  return (
    <Page
      title={t('nav.people')}
      lead={t('people.lead')}
      actions={
        <May do="people.manage">
          <Link to="/people/new">
            <Button tabIndex={-1} type="primary">
              {t('people.invite')}
            </Button>
          </Link>
        </May>
      }
    >
      <div className="toolbar no-print" role="search" aria-label={t('people.filter')}>
        <SearchField
          label={t('people.search')}
          placeholder={t('people.searchHint')}
          value={filters.q}
          onChange={(q) => set({ q })}
        />
        <ChoiceField
          label={t('people.role')}
          all={t('list.all')}
          value={filters.role}
          options={STAFF_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(role) => set({ role })}
        />
        <ChoiceField
          label={t('people.state')}
          all={t('list.all')}
          value={filters.state}
          options={PERSON_STATES.map((value) => ({ value, label: t(`people.states.${value}`) }))}
          onChange={(state) => set({ state })}
        />
      </div>
      <ListView
        pages={pages}
        count={t('people.count', { count: pages.total, total: format.count(pages.total) })}
        empty={<EmptyNote title={t('list.nothing')}>{t('list.nothingText')}</EmptyNote>}
      >
        <DataTable
          caption={t('nav.people')}
          columns={columns}
          rows={pages.rows}
          rowKey={(person) => person.id}
          onOpen={(person) => void navigate(`/people/${person.id}`)}
          isStale={pages.isStale}
        />
      </ListView>
    </Page>
  );
}

function usePeopleColumns(): Column<PersonRow>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('people.name'),
      rowHeader: true,
      render: (person) => (
        <>
          <Link to={`/people/${person.id}`}>{person.fullName}</Link>
          <div className="soft">{person.email}</div>
        </>
      ),
    },
    { key: 'role', title: t('people.role'), render: ({ role }) => t(`role.${role}`) },
    { key: 'area', title: t('people.area'), render: (person) => <PlaceNames person={person} /> },
    { key: 'state', title: t('people.state'), render: ({ state }) => <PersonStateTag state={state} /> },
    {
      key: 'lastSignIn',
      title: t('people.lastSignIn'),
      render: ({ lastSignedInAt }) =>
        lastSignedInAt ? <TimeAgo instant={lastSignedInAt} /> : <span className="soft">{t('people.never')}</span>,
    },
  ];
}
