import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { PasskeyAssertion, PasskeyAttestation } from '../api/generated/types.gen';

/** What the server hands over for the browser's own functions. */
interface Options {
  readonly challenge: string;
}

/** Whether this browser can hold passkeys for this address: over https (or on localhost), and by name, not by number. */
export function canUsePasskeys(): boolean {
  const isNumber = /^[0-9.]+$|^\[/.test(location.hostname);
  return window.isSecureContext && 'PublicKeyCredential' in window && !isNumber;
}

/** The person did not want to, or took too long: no error to show. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** The device asks for finger, face or PIN and signs. Fetched when it is first needed. */
export async function answerByPasskey(options: Options): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return (await startAuthentication({ optionsJSON })) as unknown as PasskeyAssertion;
}

/** The device makes a new passkey for us. */
export async function createPasskey(options: Options): Promise<PasskeyAttestation> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return (await startRegistration({ optionsJSON })) as unknown as PasskeyAttestation;
}
