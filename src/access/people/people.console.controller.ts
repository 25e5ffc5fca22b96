import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { etagOf, versionOf } from '../../platform/http/if-match';
import { Operation } from '../../platform/http/operation.decorator';
import type { Page } from '../../platform/http/page';
import type { Session } from '../sessions.service';
import { SignedIn } from '../staff.verifier';
import {
  type DisablingInput,
  disablingSchema,
  type GrantAnswer,
  grantAnswerSchema,
  type InvitationInput,
  invitationSchema,
  type LinkAnswer,
  type LinkInput,
  linkInputSchema,
  linkSchema,
  peoplePageSchema,
  type PeopleQuery,
  peopleQuerySchema,
  type Person,
  type PersonChange,
  personChangeSchema,
  type PersonId,
  personIdSchema,
  type PersonRow,
  personSchema,
  type RoleChangeInput,
  roleChangeSchema,
} from './people.schema';
import { PeopleService } from './people.service';
import { PersonLinks } from './person-links.service';

const MANAGES = { audience: 'staff', permission: 'people.manage' } as const;
const AREA_REFUSALS = ['area_does_not_fit', 'area_empty', 'area_unknown', 'approval_pending'];

/** People who work with the system, their roles and areas. */
@Controller('api/v1/staff')
export class PeopleConsoleController {
  constructor(
    private readonly people: PeopleService,
    private readonly links: PersonLinks,
  ) {}

  @Get()
  @Operation({
    id: 'listPeople',
    summary: 'People in Vietnamese order of name',
    audience: 'staff',
    permission: 'people.read',
    answer: peoplePageSchema,
    refusals: ['cursor_invalid'],
  })
  list(
    @Query({ schema: peopleQuerySchema }) query: PeopleQuery,
    @SignedIn() { staff }: Session,
  ): Promise<Page<PersonRow>> {
    return this.people.list(query, staff.role);
  }

  @Post()
  @Operation({
    id: 'invitePerson',
    summary: 'Ask for a role for somebody new; another person approves',
    ...MANAGES,
    stepUp: true,
    status: 202,
    answer: grantAnswerSchema,
    refusals: ['email_taken', ...AREA_REFUSALS],
  })
  invite(@Body({ schema: invitationSchema }) input: InvitationInput): Promise<GrantAnswer> {
    return this.people.invite(input);
  }

  @Get(':id')
  @Operation({
    id: 'readPerson',
    summary: 'One person with sessions, last sign-in and letter; ETag for changes',
    audience: 'staff',
    permission: 'people.read',
    answer: personSchema,
    refusals: ['person_not_found'],
  })
  async read(
    @Param({ schema: personIdSchema }) { id }: PersonId,
    @SignedIn() { staff }: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Person> {
    return withETag(reply, await this.people.read(id, staff.role));
  }

  @Patch(':id')
  @Operation({
    id: 'renamePerson',
    summary: 'Correct a name; If-Match names the version that was read',
    ...MANAGES,
    answer: personSchema,
    refusals: ['person_not_found', 'version_conflict', 'if_match_required'],
  })
  async rename(
    @Param({ schema: personIdSchema }) { id }: PersonId,
    @Body({ schema: personChangeSchema }) { fullName }: PersonChange,
    @Headers('if-match') ifMatch: string | undefined,
    @SignedIn() { staff }: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Person> {
    return withETag(reply, await this.people.rename(id, versionOf(ifMatch), fullName, staff.role));
  }

  @Post(':id/role')
  @Operation({
    id: 'changePersonRole',
    summary: 'Ask for another role or area; another person approves, then the sessions end',
    ...MANAGES,
    stepUp: true,
    status: 202,
    answer: grantAnswerSchema,
    refusals: [
      'person_not_found',
      'not_oneself',
      'last_administrator',
      'grant_waits',
      'nothing_to_grant',
      ...AREA_REFUSALS,
    ],
  })
  changeRole(
    @Param({ schema: personIdSchema }) { id }: PersonId,
    @Body({ schema: roleChangeSchema }) input: RoleChangeInput,
  ): Promise<GrantAnswer> {
    return this.people.changeRole(id, input);
  }

  @Post(':id/link')
  @Operation({
    id: 'offerPersonLink',
    summary: 'Make a one-time link to choose a password: by letter, or shown once to hand over',
    ...MANAGES,
    stepUp: true,
    status: 201,
    answer: linkSchema,
    refusals: ['person_not_found', 'link_not_possible'],
  })
  offerLink(
    @Param({ schema: personIdSchema }) { id }: PersonId,
    @Body({ schema: linkInputSchema }) { delivery }: LinkInput,
  ): Promise<LinkAnswer> {
    return this.links.offer(id, delivery);
  }

  @Post(':id/disabling')
  @Operation({
    id: 'disablePerson',
    summary: 'Take the account away; sessions and links end at once',
    ...MANAGES,
    stepUp: true,
    answer: personSchema,
    refusals: ['person_not_found', 'not_oneself', 'last_administrator', 'grant_waits'],
  })
  disable(
    @Param({ schema: personIdSchema }) { id }: PersonId,
    @Body({ schema: disablingSchema }) { reason }: DisablingInput,
    @SignedIn() { staff }: Session,
  ): Promise<Person> {
    return this.people.disable(id, reason, staff.role);
  }

  @Post(':id/enabling')
  @Operation({
    id: 'enablePerson',
    summary: 'Give the account back, with the role it had',
    ...MANAGES,
    stepUp: true,
    answer: personSchema,
    refusals: ['person_not_found'],
  })
  enable(@Param({ schema: personIdSchema }) { id }: PersonId, @SignedIn() { staff }: Session): Promise<Person> {
    return this.people.enable(id, staff.role);
  }
}

function withETag(reply: FastifyReply, person: Person): Person {
  void reply.header('ETag', etagOf(person.version));
  return person;
}
