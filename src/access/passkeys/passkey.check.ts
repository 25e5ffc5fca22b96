import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  type VerifiedAuthenticationResponse,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { Clock } from '../../kernel/clock';
import { Database, type Tx } from '../../platform/db/database';
import { CHALLENGE_MS, type ChallengePurpose, PasskeyChallenges } from './passkey.challenges';
import type { Assertion, PasskeyOptions } from './passkey.schema';
import { type PasskeyKey, PasskeysRepository } from './passkeys.repository';
import { RelyingParty } from './relying-party';

/** An answer that was right when it was looked at. */
export interface AcceptedPasskey {
  readonly staffId: string;
  /** @returns false when the answer has been used before, or the counter says that the passkey was copied */
  use(tx: Tx): Promise<boolean>;
}

/** Asks authenticators and checks their answers; the finger, face or PIN of the person is always demanded. */
@Injectable()
export class PasskeyCheck {
  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly party: RelyingParty,
    private readonly clock: Clock,
  ) {}

  /** @param staffId null: any passkey for this site that the device has */
  async ask(purpose: ChallengePurpose, staffId: string | null): Promise<PasskeyOptions> {
    const keys = staffId ? await this.database.read((tx) => this.passkeys.keysOf(tx, staffId)) : [];
    const options = await generateAuthenticationOptions({
      rpID: this.party.id,
      challenge: Uint8Array.from(this.challenges.make(purpose, staffId)),
      timeout: CHALLENGE_MS,
      userVerification: 'required',
      allowCredentials: keys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    });
    return { ...options };
  }

  /** @param staffId whose passkey it must be; null: anybody's. @returns null for everything that is wrong */
  async accept(
    assertion: Assertion,
    purpose: ChallengePurpose,
    staffId: string | null,
  ): Promise<AcceptedPasskey | null> {
    const key = await this.database.read((tx) => this.passkeys.findByCredential(tx, assertion.id));
    if (!key || (staffId !== null && key.staffId !== staffId)) return null;
    const { userHandle } = assertion.response;
    if (userHandle && userHandle !== userHandleOf(key.staffId).toString('base64url')) return null;
    let challenge = '';
    const verified = await this.verify(assertion, key, (asked) => {
      challenge = asked;
      return this.challenges.isOurs(asked, purpose, staffId);
    });
    if (!verified?.verified) return null;
    const { newCounter } = verified.authenticationInfo;
    return { staffId: key.staffId, use: (tx) => this.use(tx, challenge, key.id, newCounter) };
  }

  private async use(tx: Tx, challenge: string, id: string, counter: number): Promise<boolean> {
    if (!(await this.challenges.use(tx, challenge))) return false;
    return this.passkeys.recordUse(tx, id, counter, this.clock.now());
  }

  /** The library says by throwing what is wrong with an answer; to whoever sent it that is nobody's business. */
  private async verify(
    assertion: Assertion,
    { credentialId, publicKey, counter }: PasskeyKey,
    isOurs: (challenge: string) => boolean,
  ): Promise<VerifiedAuthenticationResponse | null> {
    const { clientDataJSON, authenticatorData, signature } = assertion.response;
    const { id, rawId, type } = assertion;
    const response = { clientDataJSON, authenticatorData, signature };
    try {
      return await verifyAuthenticationResponse({
        response: { id, rawId, type, clientExtensionResults: {}, response },
        expectedChallenge: isOurs,
        expectedOrigin: this.party.origin,
        expectedRPID: this.party.id,
        requireUserVerification: true,
        credential: { id: credentialId, publicKey: Uint8Array.from(publicKey), counter: Number(counter) },
      });
    } catch {
      return null;
    }
  }
}

/** What authenticators know a person by: the bytes of the id, which tell nothing about them. */
export function userHandleOf(staffId: string): Buffer {
  return Buffer.from(staffId.replace(/-/g, ''), 'hex');
}
