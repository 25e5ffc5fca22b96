import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { consentSchema } from '../vendors/vendor.schema';
import { dataRequestSchema } from './data-requests.schema';

const instantSchema = z.iso.datetime().meta({ description: 'UTC instant', example: '2027-05-21T02:00:00.000Z' });

export const vendorLinkSchema = z
  .object({
    link: z.string().meta({
      description: 'Shown once; what follows # never reaches a log',
      example: 'https://cho40.example.vn/mine#pZ0m7f2yq0n3l5T1v8a4Jw6c9e2R4k7uXbDgHsKtMzE',
    }),
    expiresAt: instantSchema,
  })
  .meta({ id: 'VendorLink' });
export type VendorLink = z.infer<typeof vendorLinkSchema>;

/** What a vendor sees of the own record: plain, masked, without figures. */
export const ownRecordSchema = z
  .object({
    fullName: z.string().meta({ example: 'Quách Kim Sen' }),
    phoneMasked: z.string().nullable().meta({ example: '090****986' }),
    stalls: z.array(
      z.object({
        stallCode: z.string().meta({ example: 'CHO7K2M9QX1' }),
        number: z.string().meta({ example: 'Ô 12A' }),
        marketName: z.string().meta({ example: 'Chợ Bông Sen' }),
        fromDay: businessDaySchema,
      }),
    ),
    codes: z.array(
      z.object({
        serial: z.string().meta({ example: '0000000042' }),
        stallCode: z.string().meta({ example: 'CHO7K2M9QX1' }),
        bankName: z.string().meta({ example: 'Vietcombank' }),
        accountMasked: z.string().meta({ example: '****1223' }),
        issuedOn: businessDaySchema,
        state: z.enum(['active', 'retired']).meta({ example: 'active' }),
      }),
    ),
    consents: z.array(consentSchema),
    requests: z.array(dataRequestSchema),
  })
  .meta({ id: 'OwnRecord' });
export type OwnRecord = z.infer<typeof ownRecordSchema>;
