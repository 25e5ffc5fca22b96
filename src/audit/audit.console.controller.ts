import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { Operation } from '../platform/http/operation.decorator';
import { type Page, pageSchema } from '../platform/http/page';
import { AuditTrailService } from './audit-trail.service';
import { AuditWatch } from './audit-watch';
import {
  type AuditEntriesQuery,
  auditEntriesQuerySchema,
  type AuditEntry,
  type AuditEntryRow,
  auditEntryRowSchema,
  auditEntrySchema,
  auditExportQuerySchema,
  type AuditFilters,
  type AuditVerification,
  auditVerificationSchema,
  TOTAL_NOTE,
} from './audit.schema';

@Controller('api/v1/audit-entries')
export class AuditConsoleController {
  constructor(
    private readonly trail: AuditTrailService,
    private readonly watch: AuditWatch,
  ) {}

  @Get()
  @Operation({
    id: 'listAuditEntries',
    summary: 'Who did what to what, newest first',
    description: TOTAL_NOTE,
    audience: 'staff',
    permission: 'audit.read',
    answer: pageSchema(auditEntryRowSchema),
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: auditEntriesQuerySchema }) query: AuditEntriesQuery): Promise<Page<AuditEntryRow>> {
    return this.trail.list(query);
  }

  @Get('export.csv')
  @Operation({
    id: 'exportAuditEntries',
    summary: 'Everything that is filtered as a file for a spreadsheet; is recorded itself',
    description: 'UTF-8 with BOM, semicolons, CRLF. Cells that would be formulas have an apostrophe in front.',
    audience: 'staff',
    permission: 'audit.read',
    files: ['text/csv'],
  })
  async export(@Query({ schema: auditExportQuerySchema }) query: AuditFilters): Promise<StreamableFile> {
    const { name, content } = await this.trail.export(query);
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(content, { type: 'text/csv; charset=utf-8', disposition });
  }

  @Get('verification')
  @Operation({
    id: 'getAuditVerification',
    summary: 'Whether the chain of the trail is sound, as the last run found it',
    audience: 'staff',
    permission: 'audit.read',
    answer: auditVerificationSchema,
  })
  verification(): Promise<AuditVerification> {
    return this.watch.state();
  }

  @Get(':id')
  @Operation({
    id: 'getAuditEntry',
    summary: 'One entry: before and after, and its place in the chain',
    audience: 'staff',
    permission: 'audit.read',
    answer: auditEntrySchema,
    refusals: ['audit_entry_not_found'],
  })
  entry(@Param('id') id: string): Promise<AuditEntry> {
    return this.trail.entry(id);
  }
}
