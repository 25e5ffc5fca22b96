import { request } from './request';
import type { AdministrativeUnit, Market, MarketInput, MarketRow, Page, Stall, StallRow, Zone } from './types';

type Query = Record<string, string | number | undefined>;

export function listMarkets(query: Query, signal?: AbortSignal): Promise<Page<MarketRow>> {
  return request('GET', '/markets', { query, signal });
}

export function readMarket(code: string): Promise<Market> {
  return request('GET', `/markets/${code}`);
}

export function registerMarket(body: MarketInput): Promise<Market> {
  return request('POST', '/markets', { body });
}

export function listZones(code: string): Promise<Zone[]> {
  return request('GET', `/markets/${code}/zones`);
}

export function listStalls(code: string, query: Query, signal?: AbortSignal): Promise<Page<StallRow>> {
  return request('GET', `/markets/${code}/stalls`, { query, signal });
}

export function listCommunes(query: Query, signal?: AbortSignal): Promise<Page<AdministrativeUnit>> {
  return request('GET', '/administrative-units', { query: { level: 'commune', ...query }, signal });
}

export function verifyAccounts(code: string, how: string): Promise<{ verified: number }> {
  return request('POST', `/markets/${code}/account-verifications`, { body: { how } });
}

export function readStall(stallCode: string): Promise<Stall> {
  return request('GET', `/stalls/${stallCode}`);
}
