import { safeReturnPath } from './return-path';

describe('safeReturnPath', () => {
  it.each([
    ['/markets?state=launched', '/markets?state=launched'],
    [null, '/'],
    ['', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?from=/', '/'],
  ])('%s → %s', (from, path) => {
    expect(safeReturnPath(from)).toBe(path);
  });
});
