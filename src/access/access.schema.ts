import { z } from 'zod';
import { PERMISSIONS, STAFF_ROLES } from '../kernel/permissions';
import { AREA_KINDS } from '../kernel/scope';

/** What may be typed: bounds for the machine only, the rules for passwords stand in password.rules.ts. */
const typedEmail = z.string().min(1).max(254).meta({ description: 'Email', example: 'lan.nguyen@example.vn' });
export const typedPassword = z
  .string()
  .min(1)
  .max(512)
  .meta({ description: 'Password, 8–128 characters after NFC', example: 'bảy con mèo ngủ trưa', format: 'password' });

export const signInSchema = z.strictObject({ email: typedEmail, password: typedPassword });
export type SignInInput = z.infer<typeof signInSchema>;

export const activationSchema = z.strictObject({
  token: z.string().min(1).max(200).meta({
    description: 'What follows # in the one-time link',
    example: 'pZ0m7f2yq0n3l5T1v8a4Jw6c9e2R4k7uXbDgHsKtMzE',
  }),
  password: typedPassword,
});
export type ActivationInput = z.infer<typeof activationSchema>;

/** Where a role holds. */
export const areaSchema = z
  .strictObject({
    kind: z.enum(AREA_KINDS).meta({ example: 'communes' }),
    codes: z
      .array(z.string().regex(/^[A-Z0-9]{2,16}$/))
      .max(200)
      .meta({ description: 'Codes of provinces, communes or markets', example: ['31117'] }),
  })
  .meta({ id: 'Area' });

export const sessionSchema = z
  .object({
    user: z.object({
      id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
      email: z.string().meta({ example: 'lan.nguyen@example.vn' }),
      fullName: z.string().meta({ example: 'Nguyễn Thị Lan' }),
      role: z.enum(STAFF_ROLES).meta({ example: 'department_officer' }),
      area: areaSchema,
      permissions: z
        .array(z.enum(PERMISSIONS))
        .meta({ description: 'What the role may do', example: ['self', 'market.read'] }),
    }),
    csrfToken: z.string().meta({
      description: 'Send as X-CSRF-Token with every write',
      example: 'q3Jt0c9zYxw1VhK7mN5bP2sR8uD4fG6hLeTaCiOvXyE',
    }),
    mustEnrolSecondFactor: z.boolean().meta({
      description: 'True: nothing but the own account is open until a second factor is set up',
      example: false,
    }),
    demo: z.boolean().meta({ description: 'True: everything shown is demo data', example: false }),
    province: z
      .object({ code: z.string().meta({ example: '92' }), name: z.string().meta({ example: 'Thành phố Cần Thơ' }) })
      .nullable()
      .meta({ description: 'The province this system serves; null until the register is set up' }),
  })
  .meta({ id: 'Session' });
export type SessionAnswer = z.infer<typeof sessionSchema>;
