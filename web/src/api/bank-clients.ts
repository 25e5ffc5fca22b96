import { answer, ifMatch, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type {
  BankAddresses,
  BankClient,
  BankClientRow,
  BankKey,
  IssuedBankKey,
  ListBankClientsData,
  LiveKeyInput,
  TestKeyInput,
} from './generated/types.gen';
import type { Page } from './types';

export type { BankAddresses, BankClient, BankClientRow, BankKey, IssuedBankKey, LiveKeyInput, TestKeyInput };
export type BankEnvironment = BankKey['environment'];
export type BankKeyState = BankKey['state'];
export type KeyStep = 'suspend' | 'resume' | 'retire';

export type BankClientsQuery = NonNullable<ListBankClientsData['query']>;

export function listBankClients(query: BankClientsQuery, signal?: AbortSignal): Promise<Page<BankClientRow>> {
  return answer(sdk.listBankClients({ ...loud, query, signal }));
}

export function readBankClient(bin: string): Promise<BankClient> {
  return answer(sdk.readBankClient({ ...loud, path: { bin } }));
}

/** What it answers is shown once and kept nowhere. */
export function createTestKey(bin: string, body: TestKeyInput): Promise<IssuedBankKey> {
  return answer(sdk.createTestKey({ ...loud, path: { bin }, body }));
}

/** Another person decides. */
export function requestLiveKey(bin: string, body: LiveKeyInput): Promise<unknown> {
  return answer(sdk.requestLiveKey({ ...loud, path: { bin }, body }));
}

/** What it answers is shown once and kept nowhere. */
export function collectBankKey(bin: string, keyId: string): Promise<IssuedBankKey> {
  return answer(sdk.collectBankKey({ ...loud, path: { bin, keyId } }));
}

export function moveBankKey(bin: string, keyId: string, step: KeyStep): Promise<unknown> {
  const of = { ...loud, path: { bin, keyId } };
  const calls = {
    suspend: () => sdk.suspendBankKey(of),
    resume: () => sdk.resumeBankKey(of),
    retire: () => sdk.retireBankKey(of),
  };
  return answer(calls[step]());
}

/** An empty list lets the institution call from anywhere. */
export function setBankAddresses(
  bin: string,
  { environment, version }: Pick<BankAddresses, 'environment' | 'version'>,
  networks: string[],
): Promise<BankClient> {
  const path = { bin, environment };
  return answer(sdk.setBankAddresses({ ...loud, path, headers: ifMatch(version), body: { networks } }));
}
