import { loggedPath } from './logged-path';

it.each([
  ['codes', '/api/v1/markets/92ST041/stalls', '/api/v1/markets/92ST041/stalls'],
  [
    'ids',
    '/api/v1/vendors/019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11',
    '/api/v1/vendors/019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11',
  ],
  ['days', '/api/v1/holidays/2026-10-10', '/api/v1/holidays/2026-10-10'],
  ['no query', '/api/v1/vendors?q=001012345789', '/api/v1/vendors'],
  ['no fragment', '/kich-hoat#abc', '/kich-hoat'],
  ['no ID', '/api/v1/vendors/001012345789', '/api/v1/vendors/…'],
  ['no short account', '/api/v1/accounts/001122', '/api/v1/accounts/…'],
  ['no token', `/moi/${'A1b2'.repeat(11)}`, '/moi/…'],
  ['nothing encoded', '/api/v1/vendors/%30%30%31', '/api/v1/vendors/…'],
])('keeps %s', (_name, url, path) => {
  expect(loggedPath(url)).toBe(path);
});
