import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Database, type Tx } from '../../platform/db/database';
import { MailOutbox } from '../../platform/mail/mail-outbox';
import { type LinkPurpose, OneTimeLinks } from '../one-time-links';
import type { Staff } from '../staff.repository';
import { linkLetter } from './link-letter';
import { LinkNotPossible, PersonNotFound } from './people.errors';
import { PeopleRepository } from './people.repository';
import { linkPurpose } from './people.rules';
import type { LinkAnswer } from './people.schema';

type Delivery = LinkAnswer['delivery'];

/** What letters about a person's account are filed under. */
export const letterAbout = (personId: string): string => `staff:${personId}`;

/** One-time links for people: by letter where mail is set up, else shown once to whoever hands them over. */
@Injectable()
export class PersonLinks {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly links: OneTimeLinks,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditService,
  ) {}

  /** A new link; every former one ends. @throws PersonNotFound, LinkNotPossible */
  async offer(personId: string, wanted?: Delivery): Promise<LinkAnswer> {
    const { mailId, ...answer } = await this.database.write(async (tx) => {
      const person = await this.people.findLocked(tx, personId);
      if (!person) throw new PersonNotFound();
      const purpose = linkPurpose(person.state);
      if (!purpose) throw new LinkNotPossible();
      return this.make(tx, person, purpose, wanted);
    });
    await this.outbox.ring(mailId);
    return answer;
  }

  /** For somebody just approved: by letter if letters leave, else nothing is made until somebody asks for it. */
  async sendInvitation(tx: Tx, person: Staff): Promise<void> {
    if (this.outbox.isOn) await this.make(tx, person, 'activate', 'letter');
  }

  private async make(
    tx: Tx,
    person: Staff,
    purpose: LinkPurpose,
    wanted: Delivery | undefined,
  ): Promise<LinkAnswer & { readonly mailId: string | null }> {
    const delivery = this.outbox.isOn && wanted !== 'in_person' ? 'letter' : 'in_person';
    const made = await this.links.make(tx, person, purpose);
    const mailId =
      delivery === 'letter' ? await this.write(tx, person, purpose, made) : await this.stopLetters(tx, person);
    const { id: subjectId } = person;
    const after = { purpose, delivery };
    await this.audit.record(tx, { action: 'person_link_made', subjectType: 'staff', subjectId, after });
    // Who handed a link over could use it: by letter nobody but the person sees it.
    const link = delivery === 'in_person' ? made.link : null;
    return { purpose, delivery, link, expiresAt: made.expiresAt.toISOString(), mailId };
  }

  private write(tx: Tx, person: Staff, purpose: LinkPurpose, made: { link: string; expiresAt: Date }) {
    return this.outbox.put(tx, letterAbout(person.id), linkLetter(person, purpose, made), made.expiresAt);
  }

  private async stopLetters(tx: Tx, person: Staff): Promise<null> {
    await this.outbox.withdraw(tx, letterAbout(person.id));
    return null;
  }
}
