import { z } from 'zod';
import { STAFF_ROLES } from '../../kernel/permissions';
import { textField } from '../../kernel/text-field';
import { approvalSchema } from '../../approvals/approvals.schema';
import { pageQuery, pageSchema } from '../../platform/http/page';
import { areaSchema } from '../access.schema';
import { signInName } from '../sign-in.rules';

export const STAFF_STATES = ['requested', 'invited', 'active', 'disabled'] as const;

const idSchema = z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' });
const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-10T02:00:00.000Z' });
const roleSchema = z.enum(STAFF_ROLES).meta({ example: 'market_board' });
const stateSchema = z.enum(STAFF_STATES).meta({
  description: 'requested: waits for approval; invited: has not signed in yet',
  example: 'active',
});
const fullName = textField(200, 'Nguyễn Thị Lan');
const reason = textField(500, 'Theo Quyết định 15/QĐ-SCT ngày 02/10/2026');

export const personIdSchema = z.strictObject({ id: idSchema });
export type PersonId = z.infer<typeof personIdSchema>;

export const peopleQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional().meta({ description: 'Words of name or email, accents aside', example: 'lan' }),
  role: roleSchema.optional(),
  state: stateSchema.optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

const personFields = {
  id: idSchema,
  email: z
    .string()
    .meta({ description: 'Masked for whoever does not manage people', example: 'lan.nguyen@example.vn' }),
  fullName: z.string().meta({ example: 'Nguyễn Thị Lan' }),
  role: roleSchema,
  area: areaSchema,
  places: z
    .array(
      z.object({ code: z.string().meta({ example: '92ST041' }), name: z.string().meta({ example: 'Chợ Nhu Gia' }) }),
    )
    .meta({ description: 'The area’s codes that exist today, with their names' }),
  state: stateSchema,
  lastSignedInAt: instant.nullable(),
  createdAt: instant,
};

export const personRowSchema = z.object(personFields).meta({ id: 'PersonRow' });
export const peoplePageSchema = pageSchema(personRowSchema);
export type PersonRow = z.infer<typeof personRowSchema>;

export const personSchema = z
  .object({
    ...personFields,
    version: z.int().meta({ description: 'For If-Match', example: 1 }),
    disabledReason: z.string().nullable().meta({ example: null }),
    sessions: z.int().meta({ description: 'Open sessions', example: 1 }),
    hasSecondFactor: z.boolean().meta({ example: true }),
    hasIdentity: z
      .boolean()
      .meta({ description: 'Linked to an account at the province’s identity service', example: false }),
    pendingGrantId: idSchema.nullable().meta({ description: 'The request for a role that waits', example: null }),
    letter: z
      .object({
        state: z.enum(['waiting', 'sent', 'failed', 'withdrawn']).meta({ example: 'sent' }),
        at: instant,
        fault: z.string().nullable().meta({ example: null }),
      })
      .nullable()
      .meta({ description: 'What became of the last letter with a link' }),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof personSchema>;

export const invitationSchema = z
  .strictObject({
    email: z
      .string()
      .max(254)
      .transform(signInName)
      .pipe(z.email().max(254))
      .meta({ description: 'The name to sign in with', example: 'lan.nguyen@example.vn' }),
    fullName,
    role: roleSchema,
    area: areaSchema,
    reason,
  })
  .meta({
    id: 'PersonInvitation',
    example: {
      email: 'lan.nguyen@example.vn',
      fullName: 'Nguyễn Thị Lan',
      role: 'market_board',
      area: { kind: 'markets', codes: ['92ST041'] },
      reason: 'Theo Quyết định 15/QĐ-SCT ngày 02/10/2026',
    },
  });
export type InvitationInput = z.infer<typeof invitationSchema>;

export const roleChangeSchema = z.strictObject({ role: roleSchema, area: areaSchema, reason }).meta({
  id: 'RoleChange',
  example: { role: 'auditor', area: { kind: 'province', codes: ['92'] }, reason: 'Chuyển công tác sang thanh tra' },
});
export type RoleChangeInput = z.infer<typeof roleChangeSchema>;

export const grantAnswerSchema = z
  .object({ personId: idSchema, approval: approvalSchema })
  .meta({ id: 'RoleGrantRequest' });
export type GrantAnswer = z.infer<typeof grantAnswerSchema>;

export const personChangeSchema = z.strictObject({ fullName }).meta({ id: 'PersonChange' });
export type PersonChange = z.infer<typeof personChangeSchema>;

export const disablingSchema = z.strictObject({ reason }).meta({ id: 'PersonDisabling' });
export type DisablingInput = z.infer<typeof disablingSchema>;

export const linkInputSchema = z
  .strictObject({
    delivery: z
      .enum(['letter', 'in_person'])
      .optional()
      .meta({ description: 'Default: letter where mail is set up, else in_person', example: 'in_person' }),
  })
  .meta({ id: 'PersonLinkInput' });
export type LinkInput = z.infer<typeof linkInputSchema>;

export const linkSchema = z
  .object({
    purpose: z.enum(['activate', 'reset']).meta({ example: 'activate' }),
    delivery: z.enum(['letter', 'in_person']).meta({ example: 'in_person' }),
    link: z
      .string()
      .nullable()
      .meta({ description: 'Shown once, to be handed over; null when it goes by letter', example: null }),
    expiresAt: instant,
  })
  .meta({ id: 'PersonLink' });
export type LinkAnswer = z.infer<typeof linkSchema>;
