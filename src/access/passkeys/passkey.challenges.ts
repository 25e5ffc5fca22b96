import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock';
import { execute, type Tx } from '../../platform/db/database';
import { SealBroken, type SealedPlace, Sealing } from '../../platform/secrets/sealing';

/** What an answer may be used for; an answer to one question is none to another. */
export type ChallengePurpose = 'register' | 'sign_in' | 'second_factor' | 'step_up';

/** Long enough to find the phone. */
export const CHALLENGE_MS = 5 * 60_000;

/**
 * Questions to authenticators. A challenge is its own record, sealed by us with its purpose, person and end: asking
 * stores nothing, so nobody fills a table by asking. Only answered ones are remembered, until they end (decision 19).
 */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** @param staffId null: whoever answers */
  make(purpose: ChallengePurpose, staffId: string | null): Buffer {
    const end = Buffer.alloc(8);
    end.writeBigUInt64BE(BigInt(this.clock.now().getTime() + CHALLENGE_MS));
    return this.sealing.seal(end, placeOf(purpose, staffId));
  }

  /** Whether we asked this, for this purpose, this person, lately. */
  isOurs(challenge: string, purpose: ChallengePurpose, staffId: string | null): boolean {
    try {
      const end = this.sealing.open(Buffer.from(challenge, 'base64url'), placeOf(purpose, staffId));
      return Number(end.readBigUInt64BE()) > this.clock.now().getTime();
    } catch (error) {
      if (error instanceof SealBroken) return false;
      throw error;
    }
  }

  /** @returns false when it has been answered before */
  async use(tx: Tx, challenge: string): Promise<boolean> {
    // Over the bytes: base64url may spell the same ones in several ways.
    const hash = createHash('sha256').update(Buffer.from(challenge, 'base64url')).digest();
    const expiresAt = new Date(this.clock.now().getTime() + CHALLENGE_MS);
    const inserted = await execute(
      tx,
      `INSERT INTO used_challenges (challenge_hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [hash, expiresAt],
    );
    return inserted === 1;
  }

  /** @returns how many were forgotten */
  async purge(tx: Tx): Promise<number> {
    return execute(tx, `DELETE FROM used_challenges WHERE expires_at < $1`, [this.clock.now()]);
  }
}

function placeOf(purpose: ChallengePurpose, staffId: string | null): SealedPlace {
  return { table: 'used_challenges', column: purpose, row: staffId ?? 'anybody' };
}
