import { z } from 'zod';

export const signInMethodsSchema = z
  .object({
    identityService: z
      .object({
        label: z.string().nullable().meta({ description: 'What its button says', example: 'Tài khoản Cần Thơ' }),
      })
      .nullable()
      .meta({ description: 'The province’s identity service; null where there is none' }),
  })
  .meta({ id: 'SignInMethods' });
export type SignInMethods = z.infer<typeof signInMethodsSchema>;

export const oidcStartSchema = z
  .strictObject({
    returnPath: z
      .string()
      .max(500)
      .optional()
      .meta({ description: 'Page of the console to go on to', example: '/markets' }),
  })
  .meta({ id: 'OidcStart' });
export type OidcStart = z.infer<typeof oidcStartSchema>;

export const oidcAddressSchema = z
  .object({
    url: z.url().meta({ description: 'Where the browser goes', example: 'https://id.example.vn/auth?client_id=cho40' }),
  })
  .meta({ id: 'OidcAddress' });
export type OidcAddress = z.infer<typeof oidcAddressSchema>;
