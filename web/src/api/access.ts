import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type {
  ActivateData,
  ConfirmSignInData,
  PasskeyAssertion,
  SecondFactorWays,
  SignInData,
  StepUpData,
  StepUpWays,
} from './generated/types.gen';
import type { Session } from './types';

export type SecondProof = ConfirmSignInData['body'];
export type StepUpProof = StepUpData['body'];

export function readSession(): Promise<Session> {
  return answer(sdk.getSession(loud));
}

export function signIn(body: SignInData['body']): Promise<Session> {
  return answer(sdk.signIn({ ...loud, body }));
}

export function activateAccount(body: ActivateData['body']): Promise<Session> {
  return answer(sdk.activate({ ...loud, body }));
}

export function signOut(): Promise<void> {
  return answer(sdk.signOut(loud));
}

/** After the right password: how the second factor can be proven. */
export function readSecondFactorWays(): Promise<SecondFactorWays> {
  return answer(sdk.getSecondFactorWays(loud));
}

export function confirmSignIn(body: SecondProof): Promise<Session> {
  return answer(sdk.confirmSignIn({ ...loud, body }));
}

/** WebAuthn options for any passkey that this device has for us. */
export function askPasskey(): Promise<{ challenge: string }> {
  return answer(sdk.askPasskey(loud));
}

export function signInByPasskey(assertion: PasskeyAssertion): Promise<Session> {
  return answer(sdk.signInByPasskey({ ...loud, body: { assertion } }));
}

export function readStepUpWays(): Promise<StepUpWays> {
  return answer(sdk.getStepUpWays(loud));
}

export function stepUp(body: StepUpProof): Promise<Session> {
  return answer(sdk.stepUp({ ...loud, body }));
}
