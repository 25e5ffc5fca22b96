import { request } from './request';
import type { Session } from './types';

export function readSession(): Promise<Session> {
  return request('GET', '/auth/session');
}

export function signIn(body: { email: string; password: string }): Promise<Session> {
  return request('POST', '/auth/sign-in', { body });
}

export function activateAccount(body: { token: string; password: string }): Promise<Session> {
  return request('POST', '/auth/activation', { body });
}

export function signOut(): Promise<void> {
  return request('POST', '/auth/sign-out');
}
