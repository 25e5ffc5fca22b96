import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { Database, type Tx } from '../../platform/db/database';
import { Sealing } from '../../platform/secrets/sealing';
import { PasskeyCheck } from '../passkeys/passkey.check';
import type { ChallengePurpose } from '../passkeys/passkey.challenges';
import type { Proof } from '../sessions.service';
import { recoveryCodeHash } from './recovery-code.rules';
import { SecondFactorsRepository, type TotpRow } from './second-factors.repository';
import type { SecondProof } from './second-proof.schema';
import { stepOfCode } from './totp.rules';

/** A proof that was right when it was looked at. It is good once: using it in a transaction tells who was first. */
export interface Acceptance {
  readonly proof: Proof;
  /** @returns false when it has been used meanwhile */
  use(tx: Tx): Promise<boolean>;
}

/** The place of a sealed secret of staff_totp. */
export const totpPlace = (id: string) => ({ table: 'staff_totp', column: 'secret', row: id });

/** Looks at codes and passkeys; what is right is used up by whoever acts on it. Throttling is the caller's. */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorsRepository,
    private readonly passkeys: PasskeyCheck,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** @returns null for everything that is wrong, used or not this person's */
  accept(staffId: string, given: SecondProof, purpose: ChallengePurpose): Promise<Acceptance | null> {
    if (given.way === 'totp') return this.acceptCode(staffId, given.code);
    if (given.way === 'recovery_code') return this.acceptRecoveryCode(staffId, given.code);
    return this.acceptPasskey(staffId, given.assertion, purpose);
  }

  /** The step of a code of this secret, as yet unused. */
  stepOf({ id, secret, lastStep }: TotpRow, code: string): number | null {
    const opened = this.sealing.open(secret, totpPlace(id));
    return stepOfCode(opened, code, this.clock.now(), lastStep === null ? null : Number(lastStep));
  }

  private async acceptCode(staffId: string, code: string): Promise<Acceptance | null> {
    const totp = await this.database.read((tx) => this.factors.findTotp(tx, staffId, true));
    const step = totp ? this.stepOf(totp, code) : null;
    if (!totp || step === null) return null;
    return { proof: 'totp', use: (tx) => this.factors.useStep(tx, totp.id, step) };
  }

  private async acceptRecoveryCode(staffId: string, code: string): Promise<Acceptance | null> {
    const hash = recoveryCodeHash(code);
    const known = await this.database.read((tx) => this.factors.hasRecoveryCode(tx, staffId, hash));
    if (!known) return null;
    return {
      proof: 'recovery_code',
      use: (tx) => this.factors.useRecoveryCode(tx, staffId, hash, this.clock.now()),
    };
  }

  private async acceptPasskey(
    staffId: string,
    assertion: Extract<SecondProof, { way: 'passkey' }>['assertion'],
    purpose: ChallengePurpose,
  ): Promise<Acceptance | null> {
    const accepted = await this.passkeys.accept(assertion, purpose, staffId);
    return accepted && { proof: 'passkey', use: (tx) => accepted.use(tx) };
  }
}
