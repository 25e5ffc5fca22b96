import { z } from 'zod';
import { canonicalNetwork } from '../banks/bank-address.rules';
import { BANK_ENVIRONMENTS, BANK_KEY_STATES } from '../banks/bank-key.rules';
import { bankSchema } from '../banks/banks.schema';
import { bankBinSchema } from '../kernel/bank-bin';
import { businessDaySchema } from '../kernel/business-day';
import { textField } from '../kernel/text-field';
import { pageQuery, pageSchema } from '../platform/http/page';

const instant = z.iso.datetime().meta({ description: 'UTC instant', example: '2026-10-11T03:00:00.000Z' });
const KEY_ID = '970436-019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11';
const algSchema = z.enum(['hmac-sha256', 'ed25519']).meta({ example: 'hmac-sha256' });
const environmentSchema = z
  .enum(BANK_ENVIRONMENTS)
  .meta({ description: 'live counts; what is signed with a test key stays in the sandbox', example: 'test' });

const agreement = {
  agreedFrom: businessDaySchema.nullable().meta({ description: 'First day of its reporting agreements' }),
  agreedTo: businessDaySchema.nullable().meta({ description: 'Last day; null while one runs', example: null }),
};
const pendingSchema = z
  .uuid()
  .nullable()
  .meta({ description: 'The request for a live key that waits for a second person', example: null });

export const bankClientRowSchema = z
  .object({
    ...bankSchema.shape,
    ...agreement,
    liveKeys: z.int().meta({ description: 'Live keys that are not retired', example: 1 }),
    testKeys: z.int().meta({ description: 'Test keys that are not retired', example: 1 }),
    lastUsedAt: instant.nullable().meta({ description: 'When a live key was last used, to the minute' }),
    pendingApprovalId: pendingSchema,
  })
  .meta({ id: 'BankClientRow' });

export const bankKeySchema = z
  .object({
    keyId: z.string().meta({ example: KEY_ID }),
    alg: algSchema,
    environment: environmentSchema,
    state: z.enum(BANK_KEY_STATES).meta({ example: 'active' }),
    createdAt: instant,
    retiredAt: instant.nullable().meta({ example: null }),
    lastUsedAt: instant.nullable().meta({ description: 'To the minute' }),
    collectUntil: instant.nullable().meta({ description: 'to_collect: how long it waits to be collected' }),
    mayCollect: z.boolean().meta({ description: 'to_collect, and by whoever reads this', example: false }),
  })
  .meta({ id: 'BankKey' });

export const bankAddressesSchema = z
  .object({
    environment: environmentSchema,
    networks: z
      .array(z.string())
      .meta({ description: 'From where it may call, CIDR; empty: from anywhere', example: ['203.0.113.0/24'] }),
    version: z.int().meta({ description: 'For If-Match of a change', example: 1 }),
  })
  .meta({ id: 'BankAddresses' });

export const bankClientSchema = z
  .object({
    ...bankSchema.shape,
    ...agreement,
    keys: z.array(bankKeySchema).meta({ description: 'Newest first' }),
    addresses: z.array(bankAddressesSchema).meta({ description: 'One list per environment' }),
    pendingApprovalId: pendingSchema,
  })
  .meta({ id: 'BankClient' });

export const issuedKeySchema = z
  .object({
    keyId: z.string().meta({ example: KEY_ID }),
    alg: algSchema,
    secret: z
      .string()
      .nullable()
      .meta({ description: 'hmac-sha256: 32 bytes in base64. Shown here and never again', example: null }),
    privateKey: z
      .string()
      .nullable()
      .meta({ description: 'ed25519, where the pair was made here: PKCS #8 PEM. Shown here and never again' }),
  })
  .meta({ id: 'IssuedBankKey' });

const wish = {
  alg: algSchema,
  publicKey: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .meta({ description: 'ed25519: the public half that the bank made, PEM or JWK; without it the pair is made here' }),
};
export const testKeyInputSchema = z.strictObject(wish).meta({ id: 'TestKeyInput', example: { alg: 'hmac-sha256' } });
export const liveKeyInputSchema = z
  .strictObject({ ...wish, reason: textField(500, 'Ngân hàng bắt đầu báo cáo từ tháng 12') })
  .meta({ id: 'LiveKeyInput', example: { alg: 'hmac-sha256', reason: 'Ngân hàng bắt đầu báo cáo từ tháng 12' } });

const networkSchema = z
  .string()
  .max(60)
  .transform((text, context) => {
    const network = canonicalNetwork(text.trim());
    if (network !== null) return network;
    context.addIssue({ code: 'custom', message: 'not an address or network (CIDR), or wider than /8 or /32' });
    return z.NEVER;
  });
export const addressesInputSchema = z
  .strictObject({ networks: z.array(networkSchema).max(50) })
  .meta({ id: 'BankAddressesInput', example: { networks: ['203.0.113.0/24', '2001:db8::/48'] } });

export const bankClientsQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional().meta({ description: 'BIN, code or name, accents aside', example: 'vietcom' }),
  all: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Also institutions with neither agreement nor key', example: 'false' }),
});

export const bankClientPageSchema = pageSchema(bankClientRowSchema);
const keyIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,80}$/)
  .meta({ example: KEY_ID });
export const binParamSchema = z.strictObject({ bin: bankBinSchema });
export const keyParamSchema = z.strictObject({
  bin: bankBinSchema,
  keyId: keyIdSchema,
});
export const environmentParamSchema = z.strictObject({ bin: bankBinSchema, environment: environmentSchema });

export type BankClientRow = z.infer<typeof bankClientRowSchema>;
export type BankClient = z.infer<typeof bankClientSchema>;
export type BankKeyView = z.infer<typeof bankKeySchema>;
export type IssuedKey = z.infer<typeof issuedKeySchema>;
export type TestKeyInput = z.infer<typeof testKeyInputSchema>;
export type LiveKeyInput = z.infer<typeof liveKeyInputSchema>;
export type AddressesInput = z.infer<typeof addressesInputSchema>;
export type BankClientsQuery = z.infer<typeof bankClientsQuerySchema>;
export type BinParam = z.infer<typeof binParamSchema>;
export type KeyParam = z.infer<typeof keyParamSchema>;
export type EnvironmentParam = z.infer<typeof environmentParamSchema>;
