import { Injectable } from '@nestjs/common';
import { permissionsOf } from '../kernel/permissions';
import { Env } from '../platform/config/env';
import { Database } from '../platform/db/database';
import type { SessionAnswer } from './access.schema';
import type { Session } from './sessions.service';
import { StaffRepository } from './staff.repository';
import { mustEnrol } from './step-up/session-strength.rules';

/** A session as the console sees it. */
@Injectable()
export class SessionAnswers {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRepository,
    private readonly env: Env,
  ) {}

  async of(session: Session): Promise<SessionAnswer> {
    const { staff, csrfToken } = session;
    const { id, email, fullName, role, area } = staff;
    const user = { id, email, fullName, role, area: { kind: area.kind, codes: [...area.codes] } };
    const province = await this.database.read((tx) => this.staff.province(tx));
    return {
      user: { ...user, permissions: [...permissionsOf(role)] },
      csrfToken,
      mustEnrolSecondFactor: mustEnrol(session, this.env.secondFactor),
      demo: this.env.demo,
      province,
    };
  }
}
