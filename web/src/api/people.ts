import { answer, ifMatch, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type {
  ChangePersonRoleData,
  ListPeopleData,
  Person,
  PersonInvitation,
  PersonLink,
  PersonRow,
  RoleGrantRequest,
  SignInMethods,
} from './generated/types.gen';
import type { Page } from './types';

export type { Person, PersonInvitation, PersonLink, PersonRow };
export type PeopleQuery = NonNullable<ListPeopleData['query']>;
export type PersonState = Person['state'];
export type StaffRole = Person['role'];
export type Area = Person['area'];
export type AreaKind = Area['kind'];
export type RoleChange = ChangePersonRoleData['body'];

export function listPeople(query: PeopleQuery, signal?: AbortSignal): Promise<Page<PersonRow>> {
  return answer(sdk.listPeople({ ...loud, query, signal }));
}

export function readPerson(id: string): Promise<Person> {
  return answer(sdk.readPerson({ ...loud, path: { id } }));
}

/** Asks for a role for somebody new; a second person decides. */
export function invitePerson(body: PersonInvitation): Promise<RoleGrantRequest> {
  return answer(sdk.invitePerson({ ...loud, body }));
}

/** Asks for another role or area; a second person decides. */
export function changePersonRole(id: string, body: RoleChange): Promise<RoleGrantRequest> {
  return answer(sdk.changePersonRole({ ...loud, path: { id }, body }));
}

export function renamePerson(id: string, version: number, fullName: string): Promise<Person> {
  return answer(sdk.renamePerson({ ...loud, path: { id }, headers: ifMatch(version), body: { fullName } }));
}

/** The link is in the answer once, and nowhere afterwards. */
export function offerPersonLink(id: string, delivery?: PersonLink['delivery']): Promise<PersonLink> {
  return answer(sdk.offerPersonLink({ ...loud, path: { id }, body: { delivery } }));
}

export function disablePerson(id: string, reason: string): Promise<Person> {
  return answer(sdk.disablePerson({ ...loud, path: { id }, body: { reason } }));
}

export function enablePerson(id: string): Promise<Person> {
  return answer(sdk.enablePerson({ ...loud, path: { id } }));
}

export function readSignInMethods(): Promise<SignInMethods> {
  return answer(sdk.getSignInMethods(loud));
}

/** Where the browser goes to sign in at the identity service. */
export async function startOidc(returnPath: string): Promise<string> {
  return (await answer(sdk.startOidc({ ...loud, body: { returnPath } }))).url;
}
