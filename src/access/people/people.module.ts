import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../../approvals/approvals.module';
import { AuditModule } from '../../audit/audit.module';
import { MailModule } from '../../platform/mail/mail.module';
import { AccessModule } from '../access.module';
import { AreaDirectory } from './area-directory';
import { PeopleConsoleController } from './people.console.controller';
import { PeopleRepository } from './people.repository';
import { PeopleService } from './people.service';
import { PersonLinks } from './person-links.service';
import { PersonViews } from './person-views';
import { RoleGrants } from './role-grants';

/** People and their roles, on top of accounts and sessions. */
@Module({
  imports: [AccessModule, ApprovalsModule, AuditModule, MailModule],
  controllers: [PeopleConsoleController],
  providers: [PeopleService, PeopleRepository, PersonLinks, PersonViews, RoleGrants, AreaDirectory],
  exports: [AreaDirectory],
})
export class PeopleModule {}
