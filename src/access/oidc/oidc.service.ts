import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { Database, type Tx } from '../../platform/db/database';
import { Sweepers } from '../../platform/queue/sweepers';
import { type SealedPlace, Sealing } from '../../platform/secrets/sealing';
import { asStaff } from '../as-staff';
import type { Client } from '../sessions.service';
import { type SignInOutcome, SignInSteps } from '../sign-in-steps/sign-in-steps.service';
import { type Staff, StaffRepository } from '../staff.repository';
import { type Checks, IdentityService } from './identity-service';
import { OidcRefused } from './oidc.errors';
import { OidcRepository } from './oidc.repository';
import { type Identity, returnPathOf, stateOf } from './oidc.rules';

/** Long enough to find the phone at the identity service. */
const ATTEMPT_MS = 10 * 60_000;
const SECRET_BYTES = 32;

/** Signing in at the province's identity service. It says who somebody is; who may come in, and as what, we decide. */
@Injectable()
export class OidcService {
  constructor(
    private readonly database: Database,
    private readonly service: IdentityService,
    private readonly rows: OidcRepository,
    private readonly staff: StaffRepository,
    private readonly steps: SignInSteps,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    sweepers: Sweepers,
  ) {
    const purge = () => this.database.write((tx) => this.rows.purge(tx, this.clock.now()));
    sweepers.add({ name: 'oidc', sweep: purge });
  }

  /**
   * Where to send the browser, and the secret that it keeps in a cookie meanwhile.
   * @throws OidcOff, OidcUnavailable
   */
  async begin(returnPath: string | undefined): Promise<{ readonly url: string; readonly browser: string }> {
    const [state, nonce, verifier, browser] = [this.secret(), this.secret(), this.secret(), this.secret()];
    const url = await this.service.addressFor({ state, nonce, verifier });
    const stateHash = hashOf(state);
    const sealed = this.sealing.seal(Buffer.from(JSON.stringify({ nonce, verifier })), placeOf(stateHash));
    const expiresAt = new Date(this.clock.now().getTime() + ATTEMPT_MS);
    const attempt = {
      stateHash,
      browserHash: hashOf(browser),
      sealed,
      returnPath: returnPathOf(returnPath),
      expiresAt,
    };
    await this.database.write((tx) => this.rows.open(tx, attempt));
    return { url, browser };
  }

  /**
   * The browser came back. Whatever does not fit is refused alike.
   * @param browser from the cookie
   * @throws OidcRefused, OidcUnavailable
   */
  async finish(
    query: URLSearchParams,
    browser: string | null,
    client: Client,
  ): Promise<{ readonly outcome: SignInOutcome; readonly returnPath: string }> {
    const { checks, returnPath } = await this.take(query, browser);
    const identity = await this.service.identify(query, checks);
    const person = await this.database.read((tx) => this.personOf(tx, identity));
    if (!person) return this.refuse(undefined);
    const outcome = await asStaff(person, () =>
      this.database.write(async (tx) => {
        if (!(await this.admit(tx, identity, person))) return null;
        const proof = identity.hasSecondFactor ? 'identity_service_mfa' : 'identity_service';
        return this.steps.enter(tx, { ...person, state: 'active' }, client, proof);
      }),
    );
    return outcome ? { outcome, returnPath } : this.refuse(person.id);
  }

  private async take(query: URLSearchParams, browser: string | null): Promise<{ checks: Checks; returnPath: string }> {
    const state = stateOf(query);
    if (!state || !browser) return this.refuse(undefined);
    const [stateHash, browserHash] = [hashOf(state), hashOf(browser)];
    const now = this.clock.now();
    const taken = await this.database.write((tx) => this.rows.take(tx, { stateHash, browserHash }, now));
    if (!taken) return this.refuse(undefined);
    const opened = this.sealing.open(taken.sealed, placeOf(stateHash)).toString();
    const { nonce, verifier } = JSON.parse(opened) as Omit<Checks, 'state'>;
    return { checks: { state, nonce, verifier }, returnPath: taken.returnPath };
  }

  /** By what we know already, else by the email that the service has verified. Nobody is made. */
  private async personOf(tx: Tx, identity: Identity): Promise<Staff | undefined> {
    const owner = await this.rows.ownerOf(tx, identity);
    if (owner || !identity.email) return owner;
    const found = await this.staff.findByEmail(tx, identity.email);
    if (!found) return undefined;
    const { passwordHash: _hash, ...person } = found;
    return person;
  }

  /** Links at the first time. @returns false when the account may not sign in, or is linked to somebody else there */
  private async admit(tx: Tx, identity: Identity, person: Staff): Promise<boolean> {
    if (!(await this.rows.activate(tx, person.id))) return false;
    const owner = await this.rows.ownerOf(tx, identity);
    if (owner) return owner.id === person.id;
    const now = this.clock.now();
    if (!(await this.rows.link(tx, identity, person.id, now))) return false;
    await this.staff.endLinks(tx, person.id, now);
    const after = { issuer: identity.issuer };
    await this.audit.record(tx, { action: 'identity_linked', subjectType: 'staff', subjectId: person.id, after });
    return true;
  }

  private async refuse(staffId = 'unknown'): Promise<never> {
    await this.database.write((tx) =>
      this.audit.record(tx, { action: 'sign_in_failed', subjectType: 'staff', subjectId: staffId }),
    );
    throw new OidcRefused();
  }

  private secret(): string {
    return this.ids.secret(SECRET_BYTES);
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function placeOf(stateHash: Buffer): SealedPlace {
  return { table: 'oidc_attempts', column: 'sealed', row: stateHash.toString('hex') };
}
