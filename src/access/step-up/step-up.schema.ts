import { z } from 'zod';
import { typedPassword } from '../access.schema';
import { assertionSchema, passkeyOptionsSchema } from '../passkeys/passkey.schema';
import { recoveryCodeSchema, totpCodeSchema } from '../second-factor/second-proof.schema';

/** How a person can confirm to be themselves. */
export const stepUpWaysSchema = z
  .object({
    password: z.boolean().meta({ description: 'The password alone is enough', example: false }),
    totp: z.boolean().meta({ description: 'Password and a code of the app', example: true }),
    recoveryCode: z.boolean().meta({ description: 'Password and a recovery code', example: true }),
    passkey: passkeyOptionsSchema.nullable(),
  })
  .meta({ id: 'StepUpWays' });
export type StepUpWays = z.infer<typeof stepUpWaysSchema>;

export const stepUpSchema = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('password'), password: typedPassword }),
  z.strictObject({ way: z.literal('totp'), password: typedPassword, code: totpCodeSchema }),
  z.strictObject({ way: z.literal('recovery_code'), password: typedPassword, code: recoveryCodeSchema }),
  z.strictObject({ way: z.literal('passkey'), assertion: assertionSchema }),
]);
export type StepUpInput = z.infer<typeof stepUpSchema>;
