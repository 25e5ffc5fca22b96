import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module';
import { AccessConsoleController } from './access.console.controller';
import { AccessSweeper } from './access.sweeper';
import { ActorInterceptor } from './actor.interceptor';
import { AudienceGuard } from './audience.guard';
import { AudienceVerifiers } from './audience.verifiers';
import { OneTimeLinks } from './one-time-links';
import { PasswordHasher } from './password.hasher';
import { RateGuard } from './rate.guard';
import { SessionAnswers } from './session.answer';
import { OwnAccountService } from './me/own-account.service';
import { OwnFactorsConsoleController } from './me/own-factors.console.controller';
import { OwnSessionsConsoleController } from './me/own-sessions.console.controller';
import { OwnPassword } from './own-password';
import { PasskeyChallenges } from './passkeys/passkey.challenges';
import { PasskeyCheck } from './passkeys/passkey.check';
import { PasskeysRepository } from './passkeys/passkeys.repository';
import { PasskeysService } from './passkeys/passkeys.service';
import { RelyingParty } from './passkeys/relying-party';
import { EnrolmentService } from './second-factor/enrolment.service';
import { SecondFactorCheck } from './second-factor/second-factor.check';
import { SecondFactorsRepository } from './second-factor/second-factors.repository';
import { TotpService } from './second-factor/totp.service';
import { PendingCookie, SessionCookie } from './session.cookie';
import { SessionReply } from './session.reply';
import { PendingSignInsRepository } from './sign-in-steps/pending-sign-ins.repository';
import { SignInStepsConsoleController } from './sign-in-steps/sign-in-steps.console.controller';
import { SignInSteps } from './sign-in-steps/sign-in-steps.service';
import { StepUpConsoleController } from './step-up/step-up.console.controller';
import { StepUpService } from './step-up/step-up.service';
import { SessionsService } from './sessions.service';
import { SignInService } from './sign-in.service';
import { SignInThrottle } from './sign-in.throttle';
import { StaffRepository } from './staff.repository';
import { StaffService } from './staff.service';
import { StaffVerifier } from './staff.verifier';

/** People, their sessions, and the one gate in front of every route. */
@Module({
  imports: [AuditModule],
  controllers: [
    AccessConsoleController,
    SignInStepsConsoleController,
    StepUpConsoleController,
    OwnSessionsConsoleController,
    OwnFactorsConsoleController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AudienceGuard },
    { provide: APP_GUARD, useClass: RateGuard },
    { provide: APP_INTERCEPTOR, useClass: ActorInterceptor },
    AudienceVerifiers,
    StaffVerifier,
    StaffRepository,
    StaffService,
    OneTimeLinks,
    SessionsService,
    SessionCookie,
    PendingCookie,
    SessionReply,
    SessionAnswers,
    SignInService,
    SignInThrottle,
    PasswordHasher,
    OwnPassword,
    SignInSteps,
    PendingSignInsRepository,
    SecondFactorsRepository,
    SecondFactorCheck,
    EnrolmentService,
    TotpService,
    RelyingParty,
    PasskeyChallenges,
    PasskeysRepository,
    PasskeyCheck,
    PasskeysService,
    StepUpService,
    OwnAccountService,
    AccessSweeper,
  ],
  exports: [
    AudienceVerifiers,
    StaffService,
    StaffRepository,
    SessionsService,
    OneTimeLinks,
    SignInSteps,
    SessionCookie,
    PendingCookie,
  ],
})
export class AccessModule {}
