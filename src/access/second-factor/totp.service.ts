import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service';
import { Clock } from '../../kernel/clock';
import { Ids } from '../../kernel/ids';
import { Database } from '../../platform/db/database';
import { Sealing } from '../../platform/secrets/sealing';
import { secondFactorSubject } from '../sign-in.rules';
import { SignInThrottle } from '../sign-in.throttle';
import type { Client, Session } from '../sessions.service';
import type { Staff } from '../staff.repository';
import { type Enrolled, EnrolmentService } from './enrolment.service';
import { SecondFactorCheck, totpPlace } from './second-factor.check';
import { TotpCodeWrong, TotpNotEnrolled } from './second-factor.errors';
import { SecondFactorsRepository } from './second-factors.repository';
import { spelledSecret, TOTP_SECRET_BYTES, totpUri } from './totp.rules';

/** A secret on its way to an app; shown once. */
export interface TotpOffer {
  /** For the QR symbol. */
  readonly uri: string;
  /** For typing. */
  readonly secret: string;
}

/** A person's own code app. */
@Injectable()
export class TotpService {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorsRepository,
    private readonly check: SecondFactorCheck,
    private readonly enrolment: EnrolmentService,
    private readonly throttle: SignInThrottle,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A new secret. An app in use goes on working until the new one has answered. */
  async offer(staff: Staff): Promise<TotpOffer> {
    const id = this.ids.uuid();
    const secret = Buffer.from(this.ids.secret(TOTP_SECRET_BYTES), 'base64url');
    const sealed = this.sealing.seal(secret, totpPlace(id));
    await this.database.write(async (tx) => {
      await this.factors.lock(tx, staff.id);
      await this.factors.offerTotp(tx, { id, staffId: staff.id, secret: sealed }, this.clock.now());
      await this.audit.record(tx, { action: 'totp_offered', subjectType: 'staff', subjectId: staff.id });
    });
    return { uri: totpUri(secret, staff.email), secret: spelledSecret(secret) };
  }

  /** The app has the secret: its code says so. @throws TotpCodeWrong, TotpNotEnrolled, TooManyAttempts */
  async confirm(session: Session, code: string, { address }: Client): Promise<Enrolled> {
    const { id: staffId, email } = session.staff;
    const attempt = await this.throttle.admit({ subject: secondFactorSubject(staffId), name: email, address });
    const totp = await this.database.read((tx) => this.factors.findTotp(tx, staffId, false));
    if (!totp) throw new TotpNotEnrolled();
    const step = this.check.stepOf(totp, code);
    if (step === null) throw new TotpCodeWrong();
    return this.enrolment.enrol(session, 'totp', async (tx) => {
      // Another window may have asked for another secret in between.
      if ((await this.factors.findTotp(tx, staffId, false))?.id !== totp.id) throw new TotpNotEnrolled();
      await this.factors.confirmTotp(tx, staffId, totp.id, step, this.clock.now());
      await this.throttle.forgive(tx, attempt);
      await this.audit.record(tx, { action: 'totp_enrolled', subjectType: 'staff', subjectId: staffId });
    });
  }

  /** @throws TotpNotEnrolled */
  async remove(staffId: string): Promise<void> {
    await this.enrolment.withdraw(staffId, async (tx) => {
      if (!(await this.factors.removeTotp(tx, staffId))) throw new TotpNotEnrolled();
      await this.audit.record(tx, { action: 'totp_removed', subjectType: 'staff', subjectId: staffId });
    });
  }
}
