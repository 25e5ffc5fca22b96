import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { AccessModule } from '../access.module';
import { IdentityService } from './identity-service';
import { OidcConsoleController } from './oidc.console.controller';
import { OidcCookie } from './oidc.cookie';
import { OidcRepository } from './oidc.repository';
import { OidcService } from './oidc.service';

/** The province's own identity service as a way in. */
@Module({
  imports: [AccessModule, AuditModule],
  controllers: [OidcConsoleController],
  providers: [IdentityService, OidcService, OidcRepository, OidcCookie],
})
export class OidcModule {}
