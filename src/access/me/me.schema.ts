import { z } from 'zod';
import { sessionSchema, typedPassword } from '../access.schema';
import { passkeySchema } from '../passkeys/passkey.schema';
import { totpCodeSchema } from '../second-factor/second-proof.schema';

const uuid = z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' });
const instant = z.iso.datetime().meta({ example: '2026-11-22T02:00:00.000Z' });

/** Everything that decides how this person gets in. */
export const ownSecuritySchema = z
  .object({
    hasPassword: z.boolean().meta({ example: true }),
    totpSince: instant.nullable().meta({ description: 'Since when a code app is set up; null without' }),
    recoveryCodesLeft: z.int().meta({ example: 10 }),
    passkeys: z.array(passkeySchema),
    isSecondFactorNeeded: z.boolean().meta({ description: 'Whether the role needs a second factor', example: true }),
  })
  .meta({ id: 'OwnSecurity' });
export type OwnSecurity = z.infer<typeof ownSecuritySchema>;

export const totpOfferSchema = z
  .object({
    uri: z.string().meta({
      description: 'For a QR symbol, drawn on this device and sent nowhere',
      example: 'otpauth://totp/Ch%E1%BB%A3%204.0:lan%40example.vn?secret=GEZDGNBVGY3TQOJQ&issuer=Ch%E1%BB%A3%204.0',
    }),
    secret: z.string().meta({ description: 'The same for typing', example: 'GEZD GNBV GY3T QOJQ' }),
  })
  .meta({ id: 'TotpOffer' });

export const totpConfirmationSchema = z.strictObject({ code: totpCodeSchema });

const recoveryCodes = z.array(z.string()).meta({ example: ['7K2M-9QXA-41TB-ZC8E'] });

export const enrolledSchema = z
  .object({
    recoveryCodes: recoveryCodes
      .nullable()
      .meta({ description: 'Shown once, with the first factor', example: ['7K2M-9QXA-41TB-ZC8E'] }),
    session: sessionSchema,
  })
  .meta({ id: 'Enrolled' });
export type EnrolledAnswer = z.infer<typeof enrolledSchema>;

export const recoveryCodesSchema = z.object({ recoveryCodes }).meta({ id: 'RecoveryCodes' });

export const passwordChangeSchema = z.strictObject({ currentPassword: typedPassword, password: typedPassword });
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

export const ownSessionSchema = z
  .object({
    id: uuid,
    isCurrent: z.boolean().meta({ description: 'The one that asks', example: true }),
    startedAt: instant,
    lastSeenAt: instant.meta({ description: 'To the minute' }),
    address: z.string().meta({ example: '203.0.113.7' }),
    browser: z.string().nullable().meta({ example: 'Chrome' }),
    system: z.string().nullable().meta({ example: 'Windows' }),
  })
  .meta({ id: 'OwnSession' });
export type OwnSession = z.infer<typeof ownSessionSchema>;

export const ownSessionsSchema = z.object({ items: z.array(ownSessionSchema) }).meta({ id: 'OwnSessions' });
export const endedSessionsSchema = z.object({ ended: z.int().meta({ example: 2 }) }).meta({ id: 'EndedSessions' });
export const ownSessionParams = z.strictObject({ id: uuid });
