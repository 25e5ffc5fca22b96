import { Module } from '@nestjs/common';
import { AuditService } from './audit.service';

/** Needs Clock from the platform. */
@Module({ providers: [AuditService], exports: [AuditService] })
export class AuditModule {}
