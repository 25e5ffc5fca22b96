import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { pageQuery } from '../platform/http/page';
import { CHAIN_FAULTS, type ChainFault } from './audit-chain.rules';
import { TOTAL_CAP } from './audit-entries.queries';

const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-10T02:00:00.000Z' });
const entryId = z.string().meta({ description: 'Number of the entry', example: '1204' });
const position = z.string().meta({ description: 'Place in the chain, from 1', example: '1203' });
const hash = z.string().meta({ description: 'SHA-256, hex', example: '9f'.repeat(32) });
const code = (example: string, description: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/)
    .meta({ description, example });

/** Narrows what is listed or exported; conditions hold together. */
const filters = {
  actor: z.string().min(1).max(200).optional().meta({
    description: 'Who: the id of an account, a BIN, the name of a job or shell user; or words of a staff member’s name',
    example: 'Nguyễn Thị Lan',
  }),
  action: code('market_changed', 'What happened').optional(),
  subjectType: code('market', 'The kind of record it happened to').optional(),
  subjectId: z.string().min(1).max(200).optional().meta({ description: 'Its code or id', example: '92ST041' }),
  from: businessDaySchema.optional(),
  to: businessDaySchema.optional(),
  q: z.string().max(100).optional().meta({
    description: 'Words that all stand in the subject’s id, the reason, the trace id or the address',
    example: '92ST041',
  }),
};

export const auditEntriesQuerySchema = z.strictObject({ ...pageQuery, ...filters });
export const auditExportQuerySchema = z.strictObject(filters);

const party = z.object({
  id: z.string().meta({ example: '0197a3c2-8f10-7a51-9c55-2f6d8b0e4a11' }),
  name: z.string().nullable().meta({ description: 'Of a person or a bank', example: 'Nguyễn Thị Lan' }),
});

const entryFields = {
  id: entryId,
  at: instant,
  actor: party.extend({ kind: z.string().meta({ description: 'staff, bank, system, cli …', example: 'staff' }) }),
  action: z.string().meta({ description: 'Stable code', example: 'market_changed' }),
  subject: party.extend({ type: z.string().meta({ example: 'market' }) }),
  reason: z.string().nullable().meta({ description: 'In the actor’s own words', example: null }),
  address: z
    .string()
    .nullable()
    .meta({ description: 'Network address; null for jobs and the shell', example: '203.0.113.7' }),
  traceId: z.string().nullable().meta({ description: 'As in logs and problem documents', example: null }),
};

export const auditEntryRowSchema = z.object(entryFields).meta({ id: 'AuditEntryRow' });

const recorded = (description: string) =>
  z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description, example: { name: 'Chợ Bông Sen' } });

export const auditEntrySchema = z
  .object({
    ...entryFields,
    before: recorded('The fields that changed as they were; personal data masked'),
    after: recorded('The same fields afterwards; personal data masked'),
    seal: z
      .object({ position, hash, sealedAt: instant })
      .nullable()
      .meta({ description: 'Null for some seconds after the entry was written' }),
  })
  .meta({ id: 'AuditEntry' });

export const auditVerificationSchema = z
  .object({
    head: z
      .object({ position, sealedAt: instant })
      .nullable()
      .meta({ description: 'The newest place of the chain; null while it is empty' }),
    waiting: z.int().meta({ description: 'Entries that are not sealed yet', example: 0 }),
    last: z
      .object({
        at: instant,
        ok: z.boolean(),
        position: position.describe('The last place that was found to be right'),
        hash,
        problem: z
          .object({
            code: z.enum(Object.keys(CHAIN_FAULTS) as [ChainFault, ...ChainFault[]]),
            position,
            entryId: entryId.nullable(),
          })
          .nullable(),
      })
      .nullable()
      .meta({ description: 'The newest run over the whole chain; null before the first' }),
  })
  .meta({ id: 'AuditVerification' });

export type AuditEntriesQuery = z.infer<typeof auditEntriesQuerySchema>;
export type AuditFilters = z.infer<typeof auditExportQuerySchema>;
export type AuditEntryRow = z.infer<typeof auditEntryRowSchema>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

/** What `total` of the list says. */
export const TOTAL_NOTE = `\`total\` counts up to ${TOTAL_CAP}: that many means more than ${TOTAL_CAP - 1}.`;
