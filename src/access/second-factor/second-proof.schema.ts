import { z } from 'zod';
import { assertionSchema } from '../passkeys/passkey.schema';

/** Six digits, with or without the space that apps show in the middle. */
export const totpCodeSchema = z
  .string()
  .max(16)
  .transform((typed) => typed.replace(/\s/g, ''))
  .pipe(z.string().regex(/^[0-9]{6}$/))
  .meta({ description: 'The six digits that the app shows', example: '287082' });

export const recoveryCodeSchema = z
  .string()
  .min(1)
  .max(40)
  .meta({ description: 'One of the recovery codes, each good once', example: '7K2M-9QXA-41TB-ZC8E' });

/** One way of proving the second factor. */
export const secondProofSchema = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('totp'), code: totpCodeSchema }),
  z.strictObject({ way: z.literal('recovery_code'), code: recoveryCodeSchema }),
  z.strictObject({ way: z.literal('passkey'), assertion: assertionSchema }),
]);
export type SecondProof = z.infer<typeof secondProofSchema>;
