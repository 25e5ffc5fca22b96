import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module';
import { AccessConsoleController } from './access.console.controller';
import { AccessSweeper } from './access.sweeper';
import { ActorInterceptor } from './actor.interceptor';
import { AudienceGuard } from './audience.guard';
import { AudienceVerifiers } from './audience.verifiers';
import { PasswordHasher } from './password.hasher';
import { RateGuard } from './rate.guard';
import { SessionAnswers } from './session.answer';
import { SessionCookie } from './session.cookie';
import { SessionsService } from './sessions.service';
import { SignInService } from './sign-in.service';
import { SignInThrottle } from './sign-in.throttle';
import { StaffRepository } from './staff.repository';
import { StaffService } from './staff.service';
import { StaffVerifier } from './staff.verifier';

/** People, their sessions, and the one gate in front of every route. */
@Module({
  imports: [AuditModule],
  controllers: [AccessConsoleController],
  providers: [
    { provide: APP_GUARD, useClass: AudienceGuard },
    { provide: APP_GUARD, useClass: RateGuard },
    { provide: APP_INTERCEPTOR, useClass: ActorInterceptor },
    AudienceVerifiers,
    StaffVerifier,
    StaffRepository,
    StaffService,
    SessionsService,
    SessionCookie,
    SessionAnswers,
    SignInService,
    SignInThrottle,
    PasswordHasher,
    AccessSweeper,
  ],
  exports: [AudienceVerifiers, StaffService],
})
export class AccessModule {}
