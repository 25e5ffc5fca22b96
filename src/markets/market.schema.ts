import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { textField } from '../kernel/text-field';
import { pageQuery, pageSchema } from '../platform/http/page';
import { communeCodeSchema } from './administrative-unit.schema';
import { BUILDS } from './market.rules';

export const MARKET_STATES = [
  'proposed',
  'surveyed',
  'planned',
  'preparing',
  'eligible',
  'scheduled',
  'launched',
  'operating',
  'suspended',
  'withdrawn',
  'closed',
] as const;
export const PLACE_KINDS = ['market', 'shopping_centre', 'supermarket'] as const;
export const MARKET_KINDS = [
  'civil',
  'wholesale_hub',
  'night',
  'periodic',
  'floating',
  'temporary',
  'spontaneous',
] as const;
export const OPERATOR_KINDS = ['board', 'cooperative', 'company', 'people_committee', 'household'] as const;

export const marketCodeSchema = z
  .string()
  .regex(/^[A-Z0-9]{4,16}$/)
  .meta({ description: 'Market code, ours, never reused', example: '92ST001' });

const pointsSchema = z.int().min(0).max(100_000);
const classSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]).meta({ example: 1 });
const stateSchema = z.enum(MARKET_STATES).meta({ example: 'operating' });
const marketKindSchema = z.enum(MARKET_KINDS).meta({ example: 'civil' });

/** Decimal text without trailing zeros: `10149`, `3.5`. */
export function decimalField(wholeDigits: number, decimals: number, example: string) {
  return z
    .string()
    .regex(new RegExp(`^(?:0|[1-9][0-9]{0,${wholeDigits - 1}})(?:\\.[0-9]{1,${decimals}})?$`))
    .meta({ example });
}

/** A coordinate in degrees within what Vietnam and its seas span, WGS 84. */
function degrees(min: number, max: number, example: string) {
  return z
    .string()
    .regex(/^-?[0-9]{1,3}(?:\.[0-9]{1,6})?$/)
    .refine((text) => Number(text) >= min && Number(text) <= max)
    .meta({ description: 'Degrees, WGS 84', example });
}

const hourField = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/)
  .meta({ description: 'Local time, HH:MM', example: '04:00' });

/** Everything of a market that people may change. */
const fields = {
  name: textField(200, 'Chợ Bông Sen'),
  aliases: z.array(textField(200, 'Chợ Phường 2')).max(20).meta({ description: 'Other names it goes by' }),
  kind: z.enum(PLACE_KINDS).meta({ example: 'market' }),
  marketKind: marketKindSchema.nullable(),
  capitalSource: z.enum(['state', 'private', 'mixed']).nullable().meta({ example: 'state' }),
  build: z.enum(BUILDS).meta({ example: 'solid' }),
  inPlan: z.boolean().meta({ description: 'Stands in the provincial planning', example: true }),
  plannedPoints: pointsSchema.meta({ example: 1450 }),
  operatingPoints: pointsSchema.meta({ example: 1433 }),
  areaM2: decimalField(10, 2, '10149').nullable(),
  officialClass: classSchema.nullable().meta({ description: 'By decision; never computed', example: 1 }),
  classDecision: textField(100, '2010/QĐ-UBND').nullable(),
  classDecisionOn: businessDaySchema.nullable(),
  operatorName: textField(200, 'Ban quản lý Chợ Bông Sen').nullable(),
  operatorKind: z.enum(OPERATOR_KINDS).nullable().meta({ example: 'board' }),
  operatorTaxCode: z
    .string()
    .regex(/^(?:[0-9]{10}|[0-9]{12,13})$/)
    .nullable()
    .meta({ example: '2200123456' }),
  address: textField(300, '01 đường Hai Bà Trưng').nullable(),
  latitude: degrees(5, 24, '9.63022').nullable(),
  longitude: degrees(101, 118, '106.00395').nullable(),
  opens: hourField.nullable(),
  closes: hourField.nullable().meta({ example: '18:00' }),
  rulesDocument: textField(200, 'Nội quy chợ số 12/NQ-BQL').nullable(),
  communeCode: communeCodeSchema,
  formerCommuneCode: communeCodeSchema.nullable().meta({ description: 'Before 2025-07-01', example: '31510' }),
  formerCommune: textField(300, 'Phường 2, Thành phố Sóc Trăng, Tỉnh Sóc Trăng').nullable(),
};

export const marketInputSchema = z
  .strictObject({
    code: marketCodeSchema,
    ...fields,
    aliases: fields.aliases.default([]),
    kind: fields.kind.default('market'),
    marketKind: fields.marketKind.default(null),
    capitalSource: fields.capitalSource.default(null),
    areaM2: fields.areaM2.default(null),
    officialClass: fields.officialClass.default(null),
    classDecision: fields.classDecision.default(null),
    classDecisionOn: fields.classDecisionOn.default(null),
    operatorName: fields.operatorName.default(null),
    operatorKind: fields.operatorKind.default(null),
    operatorTaxCode: fields.operatorTaxCode.default(null),
    address: fields.address.default(null),
    latitude: fields.latitude.default(null),
    longitude: fields.longitude.default(null),
    opens: fields.opens.default(null),
    closes: fields.closes.default(null),
    rulesDocument: fields.rulesDocument.default(null),
    formerCommuneCode: fields.formerCommuneCode.default(null),
    formerCommune: fields.formerCommune.default(null),
  })
  .meta({
    id: 'MarketInput',
    example: {
      code: '92ST001',
      name: 'Chợ Bông Sen',
      aliases: ['Chợ Phường 2'],
      marketKind: 'civil',
      build: 'solid',
      inPlan: true,
      plannedPoints: 1450,
      operatingPoints: 1433,
      areaM2: '10149',
      officialClass: 1,
      classDecision: '2010/QĐ-UBND',
      classDecisionOn: '2023-03-22',
      operatorName: 'Ban quản lý Chợ Bông Sen',
      operatorKind: 'board',
      opens: '04:00',
      closes: '18:00',
      communeCode: '31510',
    },
  });

/** The code stays; everything else may change, one field or many. */
export const marketChangeSchema = z
  .strictObject(fields)
  .partial()
  .meta({ id: 'MarketChange', example: { operatingPoints: 1433, closes: '18:00' } });

export const marketSchema = z
  .object({
    code: marketCodeSchema,
    ...fields,
    name: z.string().meta({ example: 'Chợ Bông Sen' }),
    provinceCode: z.string().meta({ example: '92' }),
    communeName: z.string().nullable().meta({ example: 'Phường Phú Lợi' }),
    suggestedClass: classSchema.meta({ description: 'By the facts (Decree 60/2024)', example: 1 }),
    classDiffers: z.boolean().meta({ description: 'Decided otherwise than suggested', example: false }),
    state: stateSchema,
    stateSince: businessDaySchema,
    belowCriteria: z.boolean().meta({ example: false }),
    version: z.int().meta({ description: 'As in ETag', example: 1 }),
    counts: z.object({
      stalls: z.int().meta({ description: 'Not closed', example: 1376 }),
      occupied: z.int().meta({ description: 'With a lease today', example: 1376 }),
      withVerifiedAccount: z.int().meta({ description: 'Whose account today is verified', example: 1354 }),
      withQr: z.int().meta({ description: 'With an active code', example: 1354 }),
    }),
  })
  .meta({ id: 'Market' });

const marketRowSchema = z
  .object({
    code: marketCodeSchema,
    name: z.string().meta({ example: 'Chợ Bông Sen' }),
    marketKind: marketKindSchema.nullable(),
    class: classSchema.nullable().meta({ description: 'Official class', example: 1 }),
    suggestedClass: classSchema,
    classDiffers: z.boolean().meta({ example: false }),
    communeCode: communeCodeSchema,
    communeName: z.string().nullable().meta({ example: 'Phường Phú Lợi' }),
    operatorName: z.string().nullable().meta({ example: 'Ban quản lý Chợ Bông Sen' }),
    plannedPoints: pointsSchema.meta({ example: 1450 }),
    operatingPoints: pointsSchema.meta({ example: 1433 }),
    state: stateSchema,
    stateSince: businessDaySchema,
    stallCount: z.int().meta({ description: 'Not closed', example: 1376 }),
    qrCount: z.int().meta({ description: 'Active codes', example: 1354 }),
  })
  .meta({ id: 'MarketRow' });

export const marketPageSchema = pageSchema(marketRowSchema);

export const marketListQuerySchema = z.strictObject({
  q: z.string().max(200).optional().meta({ description: 'Name, alias or code, accents aside', example: 'bong sen' }),
  state: stateSchema.optional(),
  class: z.coerce.number().int().min(1).max(3).optional().meta({ description: 'Official class', example: 1 }),
  marketKind: marketKindSchema.optional(),
  communeCode: communeCodeSchema.optional(),
  ...pageQuery,
});

export const marketParamSchema = z.object({ code: marketCodeSchema });

export const zoneSchema = z
  .object({
    id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
    name: z.string().meta({ example: 'Nhà lồng A – Vải sợi, quần áo' }),
    ordinal: z.int().meta({ description: 'Order within the market, from 1', example: 1 }),
    stallCount: z.int().meta({ description: 'Stalls not closed', example: 210 }),
  })
  .meta({ id: 'Zone' });

export const zonesSchema = z.array(zoneSchema);

export const zoneInputSchema = z
  .strictObject({ name: textField(200, 'Nhà lồng A – Vải sợi, quần áo') })
  .meta({ id: 'ZoneInput' });

export type MarketInput = z.infer<typeof marketInputSchema>;
export type MarketChange = z.infer<typeof marketChangeSchema>;
export type MarketListQuery = z.infer<typeof marketListQuerySchema>;
export type Market = z.infer<typeof marketSchema>;
export type MarketRow = z.infer<typeof marketRowSchema>;
export type Zone = z.infer<typeof zoneSchema>;
export type ZoneInput = z.infer<typeof zoneInputSchema>;
