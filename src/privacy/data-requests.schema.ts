import { z } from 'zod';
import { businessDaySchema } from '../kernel/business-day';
import { textField } from '../kernel/text-field';
import { pageQuery, pageSchema } from '../platform/http/page';
import { RECEIVED_HOW, REQUEST_CLOCKS, requestKindSchema, requestStateSchema } from './data-request.rules';

const idSchema = z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' });
export const idParamSchema = z.strictObject({ id: idSchema });
export type IdParam = z.infer<typeof idParamSchema>;

const instantSchema = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-11-22T02:00:00.000Z' });
const details = textField(
  2_000,
  'Xin một bản sao dữ liệu đang được lưu về tôi',
  'What the person asks, in their words',
);

export const dataRequestInputSchema = z
  .strictObject({
    vendorId: idSchema.nullable().default(null).meta({ description: 'The vendor, where the person is one' }),
    subjectName: textField(300, 'Quách Kim Sen', 'Who asks'),
    kind: requestKindSchema,
    details,
    receivedHow: z.enum(RECEIVED_HOW).exclude(['link']).meta({ example: 'counter' }),
    receivedOn: businessDaySchema.describe('Vietnamese day of receipt; the clock starts on the next working day'),
  })
  .meta({
    id: 'DataRequestInput',
    example: {
      vendorId: null,
      subjectName: 'Quách Kim Sen',
      kind: 'copy',
      details: 'Xin một bản sao dữ liệu đang được lưu về tôi',
      receivedHow: 'counter',
      receivedOn: '2026-11-20',
    },
  });
export type DataRequestInput = z.infer<typeof dataRequestInputSchema>;

/** What a vendor asks through the own link. */
export const ownRequestInputSchema = z
  .strictObject({ kind: requestKindSchema, details })
  .meta({ id: 'OwnDataRequestInput' });
export type OwnRequestInput = z.infer<typeof ownRequestInputSchema>;

export const dataRequestAnswerSchema = z
  .strictObject({
    outcome: requestStateSchema.exclude(['open']).meta({ example: 'answered' }),
    answer: textField(2_000, 'Đã gửi bản sao cho bà Sen tại quầy', 'What was answered and how'),
  })
  .meta({ id: 'DataRequestAnswer' });
export type DataRequestAnswer = z.infer<typeof dataRequestAnswerSchema>;

export const dataRequestSchema = z
  .object({
    id: idSchema,
    vendorId: idSchema.nullable(),
    subjectName: z.string().meta({ example: 'Quách Kim Sen' }),
    kind: requestKindSchema,
    details: z.string().meta({ example: 'Xin một bản sao dữ liệu đang được lưu về tôi' }),
    receivedHow: z.enum(RECEIVED_HOW).meta({ example: 'counter' }),
    receivedOn: businessDaySchema,
    dueOn: businessDaySchema.meta({ description: 'Second working day after receipt (Decree 356/2025)' }),
    clock: z.enum(REQUEST_CLOCKS).meta({ description: 'How it stands today', example: 'in_time' }),
    workingDaysLeft: z
      .int()
      .nullable()
      .meta({ description: 'Of an open one; 0 on the last day and after', example: 2 }),
    state: requestStateSchema,
    answer: z.string().nullable().meta({ example: null }),
    answeredOn: businessDaySchema.nullable().meta({ example: null }),
    answeredBy: z.string().nullable().meta({ description: 'Name of the person', example: null }),
    recordedAt: instantSchema,
  })
  .meta({ id: 'DataRequest' });
export type DataRequest = z.infer<typeof dataRequestSchema>;

export const dataRequestPageSchema = pageSchema(dataRequestSchema).meta({ id: 'DataRequestPage' });

export const dataRequestsQuerySchema = z.strictObject({
  ...pageQuery,
  state: requestStateSchema.optional(),
  vendorId: idSchema.optional(),
});
export type DataRequestsQuery = z.infer<typeof dataRequestsQuerySchema>;

export const holidaySchema = z
  .strictObject({ day: businessDaySchema, name: textField(100, 'Giỗ Tổ Hùng Vương') })
  .meta({ id: 'Holiday' });
export type Holiday = z.infer<typeof holidaySchema>;
export const holidaysSchema = z.object({ items: z.array(holidaySchema) }).meta({ id: 'Holidays' });
export const holidayParamSchema = z.strictObject({ day: businessDaySchema });
export const yearQuerySchema = z.strictObject({
  year: z
    .string()
    .regex(/^20[0-9]{2}$/)
    .meta({ description: 'Calendar year', example: '2026' }),
});
