import { answer, ifMatch, loud } from './client';
import * as sdk from './generated/sdk.gen';
import type { ListAdministrativeUnitsData, ListMarketsData, ListStallsData } from './generated/types.gen';
import type {
  AdministrativeUnit,
  Market,
  MarketChange,
  MarketInput,
  MarketRow,
  Page,
  Stall,
  StallChange,
  StallInput,
  StallRow,
  VerifiedHow,
  Zone,
} from './types';

export type MarketsQuery = NonNullable<ListMarketsData['query']>;
export type StallsQuery = NonNullable<ListStallsData['query']>;
type UnitsQuery = NonNullable<ListAdministrativeUnitsData['query']>;

export function listMarkets(query: MarketsQuery, signal?: AbortSignal): Promise<Page<MarketRow>> {
  return answer(sdk.listMarkets({ ...loud, query, signal }));
}

export function readMarket(code: string): Promise<Market> {
  return answer(sdk.readMarket({ ...loud, path: { code } }));
}

export function registerMarket(body: MarketInput): Promise<Market> {
  return answer(sdk.registerMarket({ ...loud, body }));
}

/** The code stays; only what is named changes. */
export function changeMarket(code: string, version: number, body: MarketChange): Promise<Market> {
  return answer(sdk.changeMarket({ ...loud, path: { code }, headers: ifMatch(version), body }));
}

export function listStalls(code: string, query: StallsQuery, signal?: AbortSignal): Promise<Page<StallRow>> {
  return answer(sdk.listStalls({ ...loud, path: { code }, query, signal }));
}

export function readStall(stallCode: string): Promise<Stall> {
  return answer(sdk.readStall({ ...loud, path: { stallCode } }));
}

export function registerStall(code: string, body: StallInput): Promise<Stall> {
  return answer(sdk.registerStall({ ...loud, path: { code }, body }));
}

/** The code stays; only what is named changes. Closing is the last change. */
export function changeStall(stallCode: string, version: number, body: StallChange): Promise<Stall> {
  return answer(sdk.changeStall({ ...loud, path: { stallCode }, headers: ifMatch(version), body }));
}

export function listZones(code: string): Promise<Zone[]> {
  return answer(sdk.listZones({ ...loud, path: { code } }));
}

export function listCommunes(query: UnitsQuery, signal?: AbortSignal): Promise<Page<AdministrativeUnit>> {
  return answer(sdk.listAdministrativeUnits({ ...loud, query: { level: 'commune', ...query }, signal }));
}

/** Records every unverified account that is in use at a market as verified. */
export function verifyAccounts(code: string, how: VerifiedHow): Promise<{ verified: number }> {
  return answer(sdk.verifyMarketAccounts({ ...loud, path: { code }, body: { how } }));
}
