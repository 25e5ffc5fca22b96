import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { Confidential } from '../kernel/confidential';
import { stallCodeSchema } from '../kernel/stall-code';
import { textField } from '../kernel/text-field';
import { marketCodeSchema } from '../markets/market.schema';
import { pageQuery, pageSchema } from '../platform/http/page';
import { VENDOR_STATES } from './vendor.rules';

export const idSchema = z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' });
export const instantSchema = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-11T01:12:30.000Z' });

const kindSchema = z.enum(['individual', 'household_business', 'enterprise']).meta({ example: 'household_business' });
const stateSchema = z.enum(VENDOR_STATES).meta({ example: 'approved' });
const maskedAccountSchema = z.string().meta({ description: 'Masked', example: '****1223' });

/** Given clear, masked from here on. Length and digits are all that is checked; nothing is derived (product.md §2). */
const fields = {
  kind: kindSchema,
  fullName: textField(300, 'Quách Kim Sen'),
  personalId: z
    .string()
    .regex(/^[0-9]{12}$/)
    .transform((text) => Confidential.of('personal_id', text))
    .nullable()
    .meta({ description: 'Twelve digits', example: '000774736035' }),
  taxCode: z
    .string()
    .regex(/^(?:[0-9]{10}|[0-9]{12,13})$/)
    .transform((text) => Confidential.of('tax_code', text))
    .nullable()
    .meta({ example: '0000723819' }),
  householdName: textField(300, 'Hộ kinh doanh Quách Kim Sen', 'Registered name of the household business').nullable(),
  phone: z
    .string()
    .regex(/^0[0-9]{9}$/)
    .transform((text) => Confidential.of('phone', text))
    .nullable()
    .meta({ description: 'Mobile number, ten digits from 0', example: '0900003986' }),
  address: textField(300, 'Ấp An Ninh, xã Nhu Gia').nullable(),
};

export const vendorInputSchema = z
  .strictObject({
    ...fields,
    kind: fields.kind.default('individual'),
    personalId: fields.personalId.default(null),
    taxCode: fields.taxCode.default(null),
    householdName: fields.householdName.default(null),
    phone: fields.phone.default(null),
    address: fields.address.default(null),
    marketCode: marketCodeSchema
      .nullable()
      .default(null)
      .meta({ description: 'Where the vendor is registered; required of people bound to markets or communes' }),
  })
  .meta({
    id: 'VendorInput',
    example: {
      kind: 'household_business',
      fullName: 'Quách Kim Sen',
      personalId: '000774736035',
      taxCode: '0000723819',
      householdName: 'Hộ kinh doanh Quách Kim Sen',
      phone: '0900003986',
    },
  });

export const vendorChangeSchema = z
  .strictObject(fields)
  .partial()
  .meta({ id: 'VendorChange', example: { phone: '0900003986' } });

const maskedFields = {
  id: idSchema,
  kind: kindSchema,
  fullName: z.string().meta({ example: 'Quách Kim Sen' }),
  phoneMasked: z.string().nullable().meta({ example: '090****986' }),
  personalIdMasked: z.string().nullable().meta({ example: '0007*****035' }),
  state: stateSchema,
};

const vendorRowSchema = z
  .object({
    ...maskedFields,
    stalls: z
      .array(
        z.object({
          stallCode: stallCodeSchema,
          number: z.string().meta({ example: 'Ô 12A' }),
          marketCode: marketCodeSchema,
          marketName: z.string().meta({ example: 'Chợ Nhu Gia' }),
        }),
      )
      .meta({ description: 'Held today' }),
  })
  .meta({ id: 'VendorRow' });

export const vendorPageSchema = pageSchema(vendorRowSchema);

export const leaseSchema = z
  .object({
    id: idSchema,
    stallCode: stallCodeSchema,
    stallNumber: z.string().meta({ example: 'Ô 12A' }),
    marketCode: marketCodeSchema,
    marketName: z.string().meta({ example: 'Chợ Nhu Gia' }),
    vendorId: idSchema,
    vendorName: z.string().meta({ example: 'Quách Kim Sen' }),
    fromDay: businessDaySchema,
    fromDayKnown: z.boolean().meta({ description: 'False: the day of registration stands in', example: true }),
    toDay: businessDaySchema.nullable().meta({ description: 'Last day; null while it runs', example: null }),
    note: z.string().nullable().meta({ example: 'Chuyển từ dãy cũ sang' }),
  })
  .meta({ id: 'Lease' });

export const accountSchema = z
  .object({
    id: idSchema,
    bankBin: bankBinSchema,
    bankName: z.string().meta({ example: 'Vietcombank' }),
    accountMasked: maskedAccountSchema,
    holderName: z.string().nullable().meta({ example: 'QUACH KIM SEN' }),
    kind: z.string().meta({ example: 'personal' }),
    scheme: z.string().meta({ example: 'VIETQR_TRANSFER' }),
    attention: z
      .array(z.string())
      .meta({ description: 'Marks for a person, not blocks', example: ['holder_other_person'] }),
    verified: z.boolean().meta({ example: true }),
    verifiedHow: z.string().nullable().meta({ example: 'bank_reply' }),
    verifiedAt: instantSchema.nullable(),
    version: z.int().meta({ example: 1 }),
  })
  .meta({ id: 'PayoutAccount' });

export const consentSchema = z
  .object({
    id: idSchema,
    purpose: z.enum(['register', 'stall_figures', 'public_listing']).meta({ example: 'stall_figures' }),
    textVersion: z.string().meta({ example: '2026-01' }),
    givenHow: z.enum(['form', 'thumbprint', 'link']).meta({ example: 'form' }),
    givenAt: instantSchema,
    withdrawnAt: instantSchema.nullable().meta({ example: null }),
  })
  .meta({ id: 'Consent' });

export const vendorSchema = z
  .object({
    ...maskedFields,
    taxCode: z.string().nullable().meta({ description: 'Masked where it is the personal ID', example: '0000723819' }),
    householdName: z.string().nullable().meta({ example: 'Hộ kinh doanh Quách Kim Sen' }),
    address: z.string().nullable().meta({ example: 'Ấp An Ninh, xã Nhu Gia' }),
    stateReason: z.string().nullable().meta({ example: null }),
    version: z.int().meta({ description: 'As in ETag', example: 1 }),
    leases: z.array(leaseSchema),
    accounts: z.array(accountSchema),
    consents: z.array(consentSchema),
  })
  .meta({ id: 'Vendor' });

export const vendorListQuerySchema = z.strictObject({
  q: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Name, accents aside; or a whole personal ID, phone or account number', example: 'kim sen' }),
  state: stateSchema.optional(),
  marketCode: marketCodeSchema.optional().meta({ description: 'Holds a stall there today' }),
  ...pageQuery,
});

export const idParamSchema = z.object({ id: idSchema });

export const reasonSchema = z.strictObject({ reason: textField(500, 'Thiếu số điện thoại') }).meta({ id: 'Reason' });

export type VendorInput = z.infer<typeof vendorInputSchema>;
export type VendorChange = z.infer<typeof vendorChangeSchema>;
export type VendorListQuery = z.infer<typeof vendorListQuerySchema>;
export type Vendor = z.infer<typeof vendorSchema>;
export type VendorRow = z.infer<typeof vendorRowSchema>;
export type Lease = z.infer<typeof leaseSchema>;
export type Account = z.infer<typeof accountSchema>;
export type Consent = z.infer<typeof consentSchema>;
export type IdParam = z.infer<typeof idParamSchema>;
export type Reason = z.infer<typeof reasonSchema>;
