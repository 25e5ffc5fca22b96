import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlantedMarket, PlantedProvince } from './markup-world';

export type Viewer = 'officer' | 'admin' | 'auditor';

export interface MarkupPlace {
  readonly viewer: Viewer;
  readonly path: string;
}

const ROUTES = readFileSync(join(__dirname, '..', '..', 'web', 'src', 'app', 'routes.tsx'), 'utf8');

/** Every page that the console has a route to, by the file it is in. */
export const PAGES: readonly string[] = [...ROUTES.matchAll(/import\('\.\.?\/(?:[\w-]+\/)*([\w-]+)'\)/g)].map(
  ([, page = '']) => page,
);

type Addresses = (province: PlantedProvince, audited: string) => readonly string[];

const ofMarkets =
  (tab: (market: PlantedMarket) => string): Addresses =>
  ({ markets }) =>
    markets.map((market) => `/markets/${market.code}${tab(market)}`);
const ofVendors =
  (tab: string): Addresses =>
  ({ markets }) =>
    markets.map(({ vendorId }) => `/vendors/${vendorId}${tab}`);
const at =
  (...addresses: string[]): Addresses =>
  () =>
    addresses;

/** Where each page is opened; a page that is missing here fails the test by its name. */
const OFFICERS: Readonly<Record<string, Addresses>> = {
  'overview-page': at('/'),
  'markets-page': at('/markets', '/markets?q=%3Cscript%3Eplanted(1)%3C%2Fscript%3E'),
  'new-market-page': at('/markets/new'),
  'markets-import-page': at('/markets/import'),
  'edit-market-page': ofMarkets(() => '/edit'),
  'market-facts-tab': ofMarkets(() => ''),
  'stalls-tab': ofMarkets(() => '/stalls'),
  'vendors-import-page': at('/markets/92MK000/stalls/import'),
  'new-stall-page': at('/markets/92MK000/stalls/new'),
  'edit-stall-page': ofMarkets(({ stallCode }) => `/stalls/${stallCode}/edit`),
  'stall-page': ofMarkets(({ stallCode }) => `/stalls/${stallCode}`),
  'market-vendors-tab': ofMarkets(() => '/vendors'),
  'cards-tab': ofMarkets(() => '/cards'),
  'market-takings-tab': at('/markets/92MK000/takings'),
  'launch-tab': ofMarkets(() => '/launch'),
  'data-requests-page': at('/data-requests'),
  'vendors-page': at('/vendors', '/vendors?q=%22%3E%3Cb%20class%3Dplanted%3E'),
  'edit-vendor-page': ofVendors('/edit'),
  'vendor-page': ofVendors(''),
  'submissions-page': at('/submissions'),
  'calendar-page': at('/submissions/calendar'),
  'suspense-page': at('/submissions/suspense'),
  'submission-page': at('/submissions/%3Cscript%3E'),
  'board-page': at('/launches'),
  'account-page': at('/account'),
  'approvals-page': at('/approvals'),
  'inbox-page': at('/inbox'),
  'not-found-page': at('/%3Cimg%20src=x%20onerror=planted(1)%3E'),
  'mine-page': ({ markets }) => markets.map(({ link }) => new URL(link).pathname + new URL(link).hash),
  'activation-page': at('/activate#<img src=x onerror=planted(1)>'),
};

const ADMINS: Readonly<Record<string, Addresses>> = {
  'retention-page': at('/retention'),
  'bank-clients-page': at('/bank-clients'),
  'bank-client-page': at('/bank-clients/970436'),
  'people-page': at('/people'),
  'person-page': ({ personIds }) => personIds.map((id) => `/people/${id}`),
  'change-role-page': ({ personIds }) => personIds.map((id) => `/people/${id}/role`),
  'invite-page': at('/people/new'),
};

const AUDITORS: Readonly<Record<string, Addresses>> = {
  'audit-page': at('/audit'),
  'audit-entry-page': (_province, audited) => [`/audit/${audited}`],
};

/** Shown inside other pages, or to nobody who is signed in. */
const ELSEWHERE = new Set(['market-page', 'sign-in-page']);

/** Pages that nobody has told where to open them. */
export function unknownPages(): string[] {
  return PAGES.filter(
    (page) => !ELSEWHERE.has(page) && !(page in OFFICERS) && !(page in ADMINS) && !(page in AUDITORS),
  );
}

/** Every address to open, and who opens it. */
export function placesOf(province: PlantedProvince, audited: string): MarkupPlace[] {
  const tables: [Viewer, Readonly<Record<string, Addresses>>][] = [
    ['officer', OFFICERS],
    ['admin', ADMINS],
    ['auditor', AUDITORS],
  ];
  return tables.flatMap(([viewer, table]) =>
    Object.entries(table)
      .filter(([page]) => PAGES.includes(page))
      .flatMap(([, addresses]) => addresses(province, audited).map((path) => ({ viewer, path }))),
  );
}
