import { z } from 'zod';
import { idSchema, instantSchema } from '../vendor.schema';

export const noticeSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['account_changed']).meta({ example: 'account_changed' }),
    text: z
      .string()
      .meta({ example: 'Từ ngày 01/12/2026, tiền bán hàng tại Ô 12A chuyển vào tài khoản BIDV ****8899 …' }),
    createdAt: instantSchema,
    sentAt: instantSchema.nullable().meta({ description: 'Null: recorded, not sent by any channel', example: null }),
    channel: z.string().nullable().meta({ example: null }),
  })
  .meta({ id: 'VendorNotice' });

export const noticesSchema = z.object({ items: z.array(noticeSchema) }).meta({ id: 'VendorNotices' });

export type Notices = z.infer<typeof noticesSchema>;
