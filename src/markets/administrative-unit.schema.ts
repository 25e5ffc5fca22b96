import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { pageQuery, pageSchema } from '../platform/http/page';

const unitCodeSchema = z
  .string()
  .regex(/^(?:[0-9]{2}|[0-9]{5})$/)
  .meta({ description: 'Official code: province 2 digits, commune 5', example: '31510' });

export const communeCodeSchema = z
  .string()
  .regex(/^[0-9]{5}$/)
  .meta({ description: 'Official commune code, five digits', example: '31510' });

export const provinceCodeSchema = z
  .string()
  .regex(/^[0-9]{2}$/)
  .meta({ description: 'Official province code, two digits', example: '92' });

const levelSchema = z.enum(['province', 'commune']).meta({ example: 'commune' });

export const administrativeUnitSchema = z
  .object({
    code: unitCodeSchema,
    level: levelSchema,
    name: z.string().meta({ example: 'Phường Phú Lợi' }),
    kind: z.enum(['province', 'city', 'ward', 'commune', 'special_zone']).meta({ example: 'ward' }),
    provinceCode: provinceCodeSchema,
    validFrom: businessDaySchema,
    validTo: businessDaySchema.nullable().meta({ description: 'Last day; null while the unit exists', example: null }),
  })
  .meta({ id: 'AdministrativeUnit' });

export const administrativeUnitPageSchema = pageSchema(administrativeUnitSchema);

export const predecessorsSchema = z.array(
  z
    .object({
      formerCode: z.string().nullable().meta({ description: 'Null where the source has none', example: '31510' }),
      formerName: z.string().meta({ example: 'Phường 2' }),
      formerDistrict: z.string().meta({ example: 'Thành phố Sóc Trăng' }),
      formerProvince: z.string().meta({ example: 'Tỉnh Sóc Trăng' }),
      effectiveOn: businessDaySchema,
      isSplit: z.boolean().meta({ description: 'The former commune went to several units', example: false }),
    })
    .meta({ id: 'FormerCommune' }),
);

export const unitListQuerySchema = z.strictObject({
  level: levelSchema.optional(),
  provinceCode: provinceCodeSchema.optional(),
  q: z.string().max(200).optional().meta({ description: 'Name or code, accents aside', example: 'phu loi' }),
  on: businessDaySchema.optional().meta({ description: 'Units that exist on this day; today unless told' }),
  ...pageQuery,
});

export const unitParamSchema = z.object({ code: unitCodeSchema });

export type UnitListQuery = z.infer<typeof unitListQuerySchema>;
