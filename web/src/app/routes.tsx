import { createBrowserRouter } from 'react-router';
import { RouteError } from './route-error';
import { Shell } from './shell';
import { RouteLoading } from './route-loading';

/** Every page is its own file of the build, fetched when it is first opened. */
export const router = createBrowserRouter([
  {
    path: '/sign-in',
    HydrateFallback: RouteLoading,
    ErrorBoundary: RouteError,
    lazy: async () => ({ Component: (await import('../session/sign-in-page')).SignInPage }),
  },
  {
    path: '/activate',
    HydrateFallback: RouteLoading,
    ErrorBoundary: RouteError,
    lazy: async () => ({ Component: (await import('../session/activation-page')).ActivationPage }),
  },
  {
    path: '/mine',
    HydrateFallback: RouteLoading,
    ErrorBoundary: RouteError,
    lazy: async () => ({ Component: (await import('../mine/mine-page')).MinePage }),
  },
  {
    path: '/',
    Component: Shell,
    HydrateFallback: RouteLoading,
    ErrorBoundary: RouteError,
    children: [
      {
        ErrorBoundary: RouteError,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../overview/overview-page')).OverviewPage }) },
          { path: 'inbox', lazy: async () => ({ Component: (await import('../inbox/inbox-page')).InboxPage }) },
          { path: 'markets', lazy: async () => ({ Component: (await import('../markets/markets-page')).MarketsPage }) },
          {
            path: 'markets/new',
            lazy: async () => ({ Component: (await import('../markets/new-market-page')).NewMarketPage }),
          },
          {
            path: 'markets/import',
            lazy: async () => ({ Component: (await import('../imports/markets-import-page')).MarketsImportPage }),
          },
          {
            path: 'markets/:code/edit',
            lazy: async () => ({ Component: (await import('../markets/edit-market-page')).EditMarketPage }),
          },
          {
            path: 'markets/:code',
            lazy: async () => ({ Component: (await import('../markets/market-page')).MarketPage }),
            children: [
              {
                index: true,
                lazy: async () => ({ Component: (await import('../markets/market-facts-tab')).MarketFactsTab }),
              },
              { path: 'stalls', lazy: async () => ({ Component: (await import('../stalls/stalls-tab')).StallsTab }) },
              {
                path: 'stalls/import',
                lazy: async () => ({ Component: (await import('../imports/vendors-import-page')).VendorsImportPage }),
              },
              {
                path: 'stalls/new',
                lazy: async () => ({ Component: (await import('../stalls/new-stall-page')).NewStallPage }),
              },
              {
                path: 'stalls/:stallCode/edit',
                lazy: async () => ({ Component: (await import('../stalls/edit-stall-page')).EditStallPage }),
              },
              {
                path: 'stalls/:stallCode',
                lazy: async () => ({ Component: (await import('../stalls/stall-page')).StallPage }),
              },
              {
                path: 'vendors',
                lazy: async () => ({ Component: (await import('../vendors/market-vendors-tab')).MarketVendorsTab }),
              },
              { path: 'cards', lazy: async () => ({ Component: (await import('../cards/cards-tab')).CardsTab }) },
              {
                path: 'takings',
                lazy: async () => ({ Component: (await import('../totals/market-takings-tab')).MarketTakingsTab }),
              },
              { path: 'launch', lazy: async () => ({ Component: (await import('../launches/launch-tab')).LaunchTab }) },
            ],
          },
          {
            path: 'data-requests',
            lazy: async () => ({ Component: (await import('../privacy/data-requests-page')).DataRequestsPage }),
          },
          {
            path: 'retention',
            lazy: async () => ({ Component: (await import('../privacy/retention-page')).RetentionPage }),
          },
          { path: 'vendors', lazy: async () => ({ Component: (await import('../vendors/vendors-page')).VendorsPage }) },
          {
            path: 'vendors/:id/edit',
            lazy: async () => ({ Component: (await import('../vendors/edit-vendor-page')).EditVendorPage }),
          },
          {
            path: 'vendors/:id',
            lazy: async () => ({ Component: (await import('../vendors/vendor-page')).VendorPage }),
          },
          {
            path: 'submissions',
            lazy: async () => ({ Component: (await import('../submissions/submissions-page')).SubmissionsPage }),
          },
          {
            path: 'submissions/calendar',
            lazy: async () => ({ Component: (await import('../submissions/calendar-page')).CalendarPage }),
          },
          {
            path: 'submissions/suspense',
            lazy: async () => ({ Component: (await import('../submissions/suspense-page')).SuspensePage }),
          },
          {
            path: 'submissions/:id',
            lazy: async () => ({ Component: (await import('../submissions/submission-page')).SubmissionPage }),
          },
          {
            path: 'bank-clients',
            lazy: async () => ({ Component: (await import('../bank-clients/bank-clients-page')).BankClientsPage }),
          },
          {
            path: 'bank-clients/:bin',
            lazy: async () => ({ Component: (await import('../bank-clients/bank-client-page')).BankClientPage }),
          },
          { path: 'launches', lazy: async () => ({ Component: (await import('../launches/board-page')).BoardPage }) },
          { path: 'audit', lazy: async () => ({ Component: (await import('../audit/audit-page')).AuditPage }) },
          {
            path: 'audit/:id',
            lazy: async () => ({ Component: (await import('../audit/audit-entry-page')).AuditEntryPage }),
          },
          {
            path: 'account',
            lazy: async () => ({ Component: (await import('../account/account-page')).AccountPage }),
          },
          { path: 'people', lazy: async () => ({ Component: (await import('../people/people-page')).PeoplePage }) },
          { path: 'people/new', lazy: async () => ({ Component: (await import('../people/invite-page')).InvitePage }) },
          { path: 'people/:id', lazy: async () => ({ Component: (await import('../people/person-page')).PersonPage }) },
          {
            path: 'people/:id/role',
            lazy: async () => ({ Component: (await import('../people/change-role-page')).ChangeRolePage }),
          },
          { path: '*', lazy: async () => ({ Component: (await import('./not-found-page')).NotFoundPage }) },
        ],
      },
    ],
  },
]);
