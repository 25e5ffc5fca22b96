import { answer, loud } from './client';
import type {
  ChangePasswordData,
  Enrolled,
  OwnSecurity,
  OwnSession,
  PasskeyAttestation,
  TotpOffer,
} from './generated/types.gen';
import * as sdk from './generated/sdk.gen';
import type { Session } from './types';

export type { Enrolled, OwnSecurity, OwnSession, TotpOffer };
export type OwnPasskey = OwnSecurity['passkeys'][number];

export function readOwnSecurity(): Promise<OwnSecurity> {
  return answer(sdk.getOwnSecurity(loud));
}

export function changePassword(body: ChangePasswordData['body']): Promise<Session> {
  return answer(sdk.changePassword({ ...loud, body }));
}

/** A new secret for a code app; shown once. */
export function offerTotp(): Promise<TotpOffer> {
  return answer(sdk.offerTotp(loud));
}

export function confirmTotp(code: string): Promise<Enrolled> {
  return answer(sdk.confirmTotp({ ...loud, body: { code } }));
}

export function removeTotp(): Promise<void> {
  return answer(sdk.removeTotp(loud));
}

export async function renewRecoveryCodes(): Promise<string[]> {
  return (await answer(sdk.renewRecoveryCodes(loud))).recoveryCodes;
}

export function askNewPasskey(): Promise<{ challenge: string }> {
  return answer(sdk.askNewPasskey(loud));
}

export function addPasskey(name: string, attestation: PasskeyAttestation): Promise<Enrolled> {
  return answer(sdk.addPasskey({ ...loud, body: { name, attestation } }));
}

export function renamePasskey(id: string, name: string): Promise<void> {
  return answer(sdk.renamePasskey({ ...loud, path: { id }, body: { name } }));
}

export function removePasskey(id: string): Promise<void> {
  return answer(sdk.removePasskey({ ...loud, path: { id } }));
}

export async function listOwnSessions(): Promise<OwnSession[]> {
  return (await answer(sdk.listOwnSessions(loud))).items;
}

export function endOwnSession(id: string): Promise<void> {
  return answer(sdk.endOwnSession({ ...loud, path: { id } }));
}

/** @returns how many ended */
export async function endOtherSessions(): Promise<number> {
  return (await answer(sdk.endOtherSessions(loud))).ended;
}
