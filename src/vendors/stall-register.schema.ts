import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { stallCodeSchema } from '../kernel/stall-code';
import { marketCodeSchema } from '../markets/market.schema';
import { stallStateSchema, zoneIdSchema } from '../markets/stall.schema';
import { pageQuery, pageSchema } from '../platform/http/page';
import { idSchema, leaseSchema } from './vendor.schema';

const vendorOfStallSchema = z
  .object({ id: idSchema, fullName: z.string().meta({ example: 'Quách Kim Sen' }) })
  .meta({ id: 'StallVendor', description: 'Holds the stall today' });

const accountOfStallSchema = z
  .object({
    id: idSchema,
    bankBin: bankBinSchema,
    bankName: z.string().meta({ example: 'Vietcombank' }),
    accountMasked: z.string().meta({ example: '****1223' }),
    holderName: z.string().nullable().meta({ example: 'QUACH KIM SEN' }),
    verified: z.boolean().meta({ example: true }),
    attention: z.array(z.string()).meta({ example: ['holder_other_person'] }),
  })
  .meta({ id: 'StallAccount', description: 'The stall pays into it today' });

const qrOfStallSchema = z
  .object({
    serial: z.string().meta({ example: 'QR-92ST041-000012' }),
    issueNo: z.int().meta({ example: 1 }),
    issuedOn: businessDaySchema,
    state: z.string().meta({ example: 'active' }),
  })
  .meta({ id: 'StallQr', description: 'The active code' });

const shown = {
  code: stallCodeSchema,
  number: z.string().meta({ example: 'Ô 12A' }),
  zoneId: zoneIdSchema.nullable(),
  zoneName: z.string().nullable().meta({ example: 'Nhà lồng' }),
  tradeLine: z.string().nullable().meta({ example: 'Tạp hóa' }),
  areaM2: z.string().nullable().meta({ example: '4.8' }),
  fixed: z.boolean().meta({ example: true }),
  soundbox: z.boolean().meta({ example: false }),
  state: stallStateSchema,
  vendor: vendorOfStallSchema.nullable(),
  leaseFrom: businessDaySchema.nullable(),
  account: accountOfStallSchema.nullable(),
  qr: qrOfStallSchema.nullable(),
  version: z.int().meta({ description: 'As in ETag', example: 1 }),
};

export const stallRowSchema = z.object(shown).meta({ id: 'StallRow' });
export const stallPageSchema = pageSchema(stallRowSchema);

export const payoutAssignmentSchema = z
  .object({
    id: idSchema,
    accountId: idSchema,
    bankBin: bankBinSchema,
    accountMasked: z.string().meta({ example: '****1223' }),
    fromDay: businessDaySchema,
    toDay: businessDaySchema.nullable().meta({ description: 'Last day; null while it runs', example: null }),
  })
  .meta({ id: 'PayoutAssignment' });

export const stallSchema = z
  .object({
    ...shown,
    marketCode: marketCodeSchema,
    marketName: z.string().meta({ example: 'Chợ Nhu Gia' }),
    mcc: z.string().nullable().meta({ example: '5411' }),
    openedOn: businessDaySchema,
    closedOn: businessDaySchema.nullable().meta({ example: null }),
    pendingAccountChange: idSchema
      .nullable()
      .meta({ description: 'The request to pay into another account that waits for a second person', example: null }),
    leases: z.array(leaseSchema).meta({ description: 'Newest first' }),
    payoutAssignments: z.array(payoutAssignmentSchema).meta({ description: 'Newest first' }),
  })
  .meta({ id: 'Stall' });

export const stallListQuerySchema = z.strictObject({
  q: z.string().max(200).optional().meta({ description: 'Number, code, trade line or vendor', example: '12a' }),
  state: stallStateSchema.optional(),
  zoneId: zoneIdSchema.optional(),
  ...pageQuery,
});

export type StallRow = z.infer<typeof stallRowSchema>;
export type Stall = z.infer<typeof stallSchema>;
export type StallListQuery = z.infer<typeof stallListQuerySchema>;
