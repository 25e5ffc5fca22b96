import { z } from 'zod';
import { assertionSchema, passkeyOptionsSchema } from '../passkeys/passkey.schema';

/** How the second factor can be proven. */
export const secondFactorWaysSchema = z
  .object({
    totp: z.boolean().meta({ description: 'A code of the app', example: true }),
    recoveryCode: z.boolean().meta({ description: 'One of the codes on paper', example: true }),
    passkey: passkeyOptionsSchema.nullable(),
  })
  .meta({ id: 'SecondFactorWays' });
export type SecondFactorWays = z.infer<typeof secondFactorWaysSchema>;

export const passkeySignInSchema = z.strictObject({ assertion: assertionSchema });
