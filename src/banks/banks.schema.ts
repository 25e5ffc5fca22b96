import { z } from 'zod';
import { bankBinSchema } from '../kernel/bank-bin';
import { pageQuery, pageSchema } from '../platform/http/page';

export const bankSchema = z
  .object({
    bin: bankBinSchema,
    code: z.string().meta({ description: 'Short code; two banks may share one', example: 'VCB' }),
    shortName: z.string().meta({ example: 'Vietcombank' }),
    legalName: z.string().meta({ example: 'Ngân hàng TMCP Ngoại Thương Việt Nam' }),
    reporting: z.boolean().meta({ description: 'Expected to report today', example: true }),
  })
  .meta({ id: 'Bank' });

export const bankPageSchema = pageSchema(bankSchema);

export const bankListQuerySchema = z.strictObject({
  q: z.string().max(200).optional().meta({ description: 'BIN or any name, accents aside', example: 'ngoai thuong' }),
  ...pageQuery,
});

export type Bank = z.infer<typeof bankSchema>;
export type BankListQuery = z.infer<typeof bankListQuerySchema>;
