import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { Confidential } from '../kernel/confidential';
import { textField } from '../kernel/text-field';
import { cleanAccountNumber, isAccountNumber } from './account.rules';
import { consentSchema, idSchema } from './vendor.schema';

export const leaseInputSchema = z
  .strictObject({
    vendorId: idSchema,
    fromDay: businessDaySchema.meta({ description: 'First day of the lease' }),
    toDay: businessDaySchema
      .nullable()
      .default(null)
      .meta({ description: 'Last day, included; null: open', example: null }),
  })
  .meta({ id: 'LeaseInput' });

export const leaseEndSchema = z
  .strictObject({ toDay: businessDaySchema.meta({ description: 'Last day of the lease, included' }) })
  .meta({ id: 'LeaseEnd' });

export const accountInputSchema = z
  .strictObject({
    bankBin: bankBinSchema,
    accountNumber: z
      .string()
      .max(60)
      .transform(cleanAccountNumber)
      .refine(isAccountNumber, { message: 'not an account number' })
      .transform((text) => Confidential.of('account', text))
      .meta({
        description: '6–19 letters and digits, case kept; spaces, dots, dashes ignored',
        example: '0011004411223',
      }),
    holderName: textField(200, 'QUACH KIM SEN', 'As the bank shows it').nullable().default(null),
    kind: z
      .enum(['personal', 'household_business', 'organisation', 'wallet', 'mobile_money', 'virtual_account'])
      .default('personal')
      .meta({ example: 'personal' }),
    scheme: z.enum(['VIETQR_TRANSFER', 'VIETQR_PAY']).default('VIETQR_TRANSFER').meta({ example: 'VIETQR_TRANSFER' }),
  })
  .meta({ id: 'PayoutAccountInput' });

const howSchema = z.enum(['bank_reply', 'test_transfer', 'app_scan', 'paper']).meta({ example: 'bank_reply' });

export const verificationSchema = z.strictObject({ how: howSchema }).meta({ id: 'AccountVerification' });

export const marketVerificationSchema = z
  .strictObject({
    how: howSchema,
    accountIds: z.array(idSchema).min(1).max(5_000).optional().meta({ description: 'All unverified ones unless told' }),
  })
  .meta({ id: 'MarketAccountVerification' });

export const verifiedCountSchema = z.object({ verified: z.int().meta({ example: 45 }) }).meta({ id: 'VerifiedCount' });

export const assignmentInputSchema = z
  .strictObject({
    accountId: idSchema,
    fromDay: businessDaySchema.meta({ description: 'From this day on the stall pays into the account' }),
    reason: textField(500, 'Hộ mở tài khoản kinh doanh mới', 'Required for every account after the first').optional(),
  })
  .meta({ id: 'PayoutAssignmentInput' });

export const consentInputSchema = z
  .strictObject({
    purpose: consentSchema.shape.purpose,
    textVersion: textField(40, '2026-01', 'Version of the text that was read'),
    givenHow: consentSchema.shape.givenHow,
  })
  .meta({ id: 'ConsentInput' });

export type LeaseInput = z.infer<typeof leaseInputSchema>;
export type LeaseEnd = z.infer<typeof leaseEndSchema>;
export type AccountInput = z.infer<typeof accountInputSchema>;
export type Verification = z.infer<typeof verificationSchema>;
export type MarketVerification = z.infer<typeof marketVerificationSchema>;
export type AssignmentInput = z.infer<typeof assignmentInputSchema>;
export type ConsentInput = z.infer<typeof consentInputSchema>;
