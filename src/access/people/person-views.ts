import { Injectable } from '@nestjs/common';
import type { AreaKind } from '../../kernel/scope';
import type { Tx } from '../../platform/db/database';
import type { MailNote } from '../../platform/mail/mail-outbox';
import { maskEmail } from '../sign-in.rules';
import { AreaDirectory, type AreaPlace } from './area-directory';
import type { PersonRecord, PersonTraces } from './people.repository';
import type { Person, PersonRow } from './people.schema';

interface Details extends PersonTraces {
  readonly pendingGrantId: string | null;
  readonly letter: MailNote | undefined;
}

/** People as the console sees them. */
@Injectable()
export class PersonViews {
  constructor(private readonly areas: AreaDirectory) {}

  /** With the names of their places, asked for once a kind. @param isClear whether emails are shown whole */
  async rows(tx: Tx, people: readonly PersonRecord[], isClear: boolean): Promise<PersonRow[]> {
    const places = {
      province: await this.placesOf(tx, people, 'province'),
      communes: await this.placesOf(tx, people, 'communes'),
      markets: await this.placesOf(tx, people, 'markets'),
    };
    return people.map((person) => ({
      id: person.id,
      email: isClear ? person.email : maskEmail(person.email),
      fullName: person.fullName,
      role: person.role,
      area: { kind: person.area.kind, codes: [...person.area.codes] },
      places: person.area.codes.flatMap((code) => {
        const place = places[person.area.kind].get(code);
        return place ? [{ code, name: place.name }] : [];
      }),
      state: person.state,
      lastSignedInAt: person.lastSignedInAt?.toISOString() ?? null,
      createdAt: person.createdAt.toISOString(),
    }));
  }

  whole(row: PersonRow, { version, disabledReason }: PersonRecord, details: Details): Person {
    const { letter, ...rest } = details;
    return {
      ...row,
      ...rest,
      version,
      disabledReason,
      letter: letter
        ? { state: letter.state, at: (letter.finishedAt ?? letter.createdAt).toISOString(), fault: letter.fault }
        : null,
    };
  }

  private async placesOf(
    tx: Tx,
    people: readonly PersonRecord[],
    kind: AreaKind,
  ): Promise<ReadonlyMap<string, AreaPlace>> {
    const codes = new Set(people.filter(({ area }) => area.kind === kind).flatMap(({ area }) => area.codes));
    const found = await this.areas.find(tx, kind, [...codes]);
    return new Map(found.map((place) => [place.code, place]));
  }
}
