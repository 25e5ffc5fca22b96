import { Injectable } from '@nestjs/common';
import {
  generateRegistrationOptions,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { AuditService } from '../../audit/audit.service';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { Database } from '../../platform/db/database';
import { type Enrolled, EnrolmentService } from '../second-factor/enrolment.service';
import type { Session } from '../sessions.service';
import type { Staff } from '../staff.repository';
import { CHALLENGE_MS, PasskeyChallenges } from './passkey.challenges';
import { userHandleOf } from './passkey.check';
import { PasskeyExists, PasskeyNotAccepted, PasskeyNotFound, TooManyPasskeys } from './passkey.errors';
import type { Attestation, PasskeyInput, PasskeyOptions } from './passkey.schema';
import { type Passkey, PasskeysRepository } from './passkeys.repository';
import { RelyingParty } from './relying-party';

const MOST_PASSKEYS = 10;

type Registered = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

/** A person's own passkeys: add, name, remove. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly party: RelyingParty,
    private readonly enrolment: EnrolmentService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  listOf(staffId: string): Promise<Passkey[]> {
    return this.database.read((tx) => this.passkeys.listOf(tx, staffId));
  }

  /** What the browser needs to make a new passkey on a device that has none of this person's yet. */
  async creationOptions(staff: Staff): Promise<PasskeyOptions> {
    const keys = await this.database.read((tx) => this.passkeys.keysOf(tx, staff.id));
    if (keys.length >= MOST_PASSKEYS) throw new TooManyPasskeys(MOST_PASSKEYS);
    const options = await generateRegistrationOptions({
      rpName: this.party.name,
      rpID: this.party.id,
      userName: staff.email,
      userDisplayName: staff.fullName,
      userID: Uint8Array.from(userHandleOf(staff.id)),
      challenge: Uint8Array.from(this.challenges.make('register', staff.id)),
      timeout: CHALLENGE_MS,
      // Found on the device without a name being typed, and never without its finger, face or PIN.
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: keys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    });
    return { ...options };
  }

  /** @throws PasskeyNotAccepted, PasskeyExists, TooManyPasskeys */
  async register(session: Session, input: PasskeyInput): Promise<Enrolled> {
    const { challenge, registered } = await this.verify(input.attestation, session.staff.id);
    const { credential, credentialBackedUp: isBackedUp } = registered;
    const key = {
      id: this.ids.uuid(),
      staffId: session.staff.id,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: BigInt(credential.counter),
      transports: [...(input.attestation.response.transports ?? [])],
      name: input.name,
      isBackedUp,
    };
    return this.enrolment.enrol(session, 'passkey', async (tx) => {
      if (!(await this.challenges.use(tx, challenge))) throw new PasskeyNotAccepted();
      if ((await this.passkeys.keysOf(tx, key.staffId)).length >= MOST_PASSKEYS) {
        throw new TooManyPasskeys(MOST_PASSKEYS);
      }
      if (!(await this.passkeys.insert(tx, key, this.clock.now()))) throw new PasskeyExists();
      const after = { passkey: key.id, name: key.name };
      await this.audit.record(tx, { action: 'passkey_added', subjectType: 'staff', subjectId: key.staffId, after });
    });
  }

  /** @throws PasskeyNotFound, also for one of somebody else */
  async rename(staffId: string, id: string, name: string): Promise<void> {
    await this.database.write(async (tx) => {
      const former = await this.passkeys.rename(tx, staffId, id, name);
      if (former === undefined) throw new PasskeyNotFound();
      await this.audit.record(tx, {
        action: 'passkey_renamed',
        subjectType: 'staff',
        subjectId: staffId,
        before: { passkey: id, name: former },
        after: { passkey: id, name },
      });
    });
  }

  /** @throws PasskeyNotFound, also for one of somebody else */
  async remove(staffId: string, id: string): Promise<void> {
    await this.enrolment.withdraw(staffId, async (tx) => {
      const name = await this.passkeys.remove(tx, staffId, id);
      if (name === undefined) throw new PasskeyNotFound();
      const before = { passkey: id, name };
      await this.audit.record(tx, { action: 'passkey_removed', subjectType: 'staff', subjectId: staffId, before });
    });
  }

  private async verify(
    attestation: Attestation,
    staffId: string,
  ): Promise<{ challenge: string; registered: Registered }> {
    let challenge = '';
    const isOurs = (asked: string): boolean => {
      challenge = asked;
      return this.challenges.isOurs(asked, 'register', staffId);
    };
    const verified = await this.verified(attestation, isOurs);
    if (!verified?.verified) throw new PasskeyNotAccepted();
    return { challenge, registered: verified.registrationInfo };
  }

  /** The library says by throwing what is wrong with an answer. */
  private async verified(
    { id, rawId, type, response }: Attestation,
    isOurs: (challenge: string) => boolean,
  ): Promise<VerifiedRegistrationResponse | null> {
    const { clientDataJSON, attestationObject } = response;
    try {
      return await verifyRegistrationResponse({
        response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
        expectedChallenge: isOurs,
        expectedOrigin: this.party.origin,
        expectedRPID: this.party.id,
        requireUserVerification: true,
      });
    } catch {
      return null;
    }
  }
}
