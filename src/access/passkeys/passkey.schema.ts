import { z } from 'zod';
import { textField } from '../../kernel/text-field';

/** What browsers hand over is base64url and not for people; sizes are bounds for the machine. */
const bytes = (max: number, example: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(max)
    .meta({ example });

const credential = {
  id: bytes(1_400, 'Y3JlZGVudGlhbA'),
  rawId: bytes(1_400, 'Y3JlZGVudGlhbA'),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).meta({ example: {} }),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish().meta({ example: 'platform' }),
};

const clientDataJSON = bytes(4_000, 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0');

/** The answer of `navigator.credentials.get` (WebAuthn, AuthenticationResponseJSON). */
export const assertionSchema = z
  .strictObject({
    ...credential,
    response: z.strictObject({
      clientDataJSON,
      authenticatorData: bytes(4_000, 'YXV0aGVudGljYXRvciBkYXRh'),
      signature: bytes(8_000, 'c2lnbmF0dXJl'),
      userHandle: bytes(100, 'dXNlcg').nullish(),
    }),
  })
  .meta({ id: 'PasskeyAssertion' });
export type Assertion = z.infer<typeof assertionSchema>;

/** The answer of `navigator.credentials.create` (WebAuthn, RegistrationResponseJSON). */
export const attestationSchema = z
  .strictObject({
    ...credential,
    response: z.strictObject({
      clientDataJSON,
      attestationObject: bytes(20_000, 'YXR0ZXN0YXRpb24'),
      authenticatorData: bytes(8_000, 'YXV0aGVudGljYXRvciBkYXRh').nullish(),
      transports: z
        // Hints for the browser, which learns new ones: `usb`, `internal`, `hybrid` …
        .array(z.string().regex(/^[a-z-]{1,20}$/))
        .max(10)
        .nullish()
        .meta({ example: ['internal'] }),
      publicKeyAlgorithm: z.int().nullish().meta({ example: -7 }),
      publicKey: bytes(8_000, 'cHVibGljIGtleQ').nullish(),
    }),
  })
  .meta({ id: 'PasskeyAttestation' });
export type Attestation = z.infer<typeof attestationSchema>;

const passkeyName = textField(60, 'Điện thoại của Lan', 'How the person calls the device');

export const passkeyInputSchema = z.strictObject({ name: passkeyName, attestation: attestationSchema });
export type PasskeyInput = z.infer<typeof passkeyInputSchema>;

export const passkeyNameSchema = z.strictObject({ name: passkeyName });

export const passkeySchema = z
  .object({
    id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }),
    name: z.string().meta({ example: 'Điện thoại của Lan' }),
    isBackedUp: z.boolean().meta({ description: 'Kept in an account of the maker too', example: true }),
    createdAt: z.iso.datetime().meta({ example: '2026-11-22T02:00:00.000Z' }),
    lastUsedAt: z.iso.datetime().nullable().meta({ example: null }),
  })
  .meta({ id: 'Passkey' });

/** Options for the browser: WebAuthn's own JSON, handed to it as it is. */
export const passkeyOptionsSchema = z
  .looseObject({ challenge: z.string().meta({ example: 'AR9x' }) })
  .meta({ description: 'WebAuthn options in JSON, for the browser’s own functions' });
export type PasskeyOptions = z.infer<typeof passkeyOptionsSchema>;

export const passkeyParams = z.strictObject({ id: z.uuid().meta({ example: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11' }) });
