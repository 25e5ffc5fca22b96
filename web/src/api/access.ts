import { answer, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { ActivateData, SignInData } from './generated/types.gen';
import type { Session } from './types';

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
