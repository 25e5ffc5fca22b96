import { isSameSite, isWrite } from './same-site.rules';

const PUBLIC_URL = 'https://cho40.example.vn/console';

describe('isSameSite', () => {
  it.each([
    ['a program', {}, true],
    ['our page', { 'sec-fetch-site': 'same-origin', origin: 'https://cho40.example.vn' }, true],
    ['our page behind a development proxy', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:5173' }, true],
    ['another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }, false],
    ['a bookmark', { 'sec-fetch-site': 'none' }, false],
    ['an old browser on our page', { origin: 'https://cho40.example.vn' }, true],
    ['an old browser elsewhere', { origin: 'https://evil.example' }, false],
    ['our host over http', { origin: 'http://cho40.example.vn' }, false],
    ['our host with a suffix', { origin: 'https://cho40.example.vn.evil.example' }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
  ])('%s', (_name, headers, same) => {
    expect(isSameSite(headers, PUBLIC_URL)).toBe(same);
  });
});

it.each([
  ['GET', false],
  ['HEAD', false],
  ['OPTIONS', false],
  ['POST', true],
  ['PATCH', true],
  ['DELETE', true],
])('isWrite(%s) is %s', (method, write) => {
  expect(isWrite(method)).toBe(write);
});
