import { identityOf, isOutage, returnPathOf, stateOf } from './oidc.rules';

const CLAIMS = { iss: 'https://id.example.vn', sub: '42', email: 'Lan@Example.vn ', email_verified: true };

describe('identityOf', () => {
  it.each([
    ['a verified email, as one signs in with', {}, 'lan@example.vn'],
    ['an unverified email', { email_verified: false }, null],
    ['an email that nothing is said of', { email_verified: undefined }, null],
    ['a word that reads like true', { email_verified: 'true' }, null],
    ['no email', { email: undefined }, null],
    ['a list of emails', { email: ['lan@example.vn'] }, null],
  ])('%s', (_name, claims, email) => {
    expect(identityOf({ ...CLAIMS, ...claims }, [])).toMatchObject({ subject: '42', email });
  });

  it.each([
    ['believed by amr', { amr: ['pwd', 'mfa'] }, ['mfa'], true],
    ['believed by acr', { acr: 'urn:vn:loa:3' }, ['urn:vn:loa:3'], true],
    ['said, and not believed unless configured', { amr: ['mfa'] }, [], false],
    ['not said', { amr: ['pwd'] }, ['mfa'], false],
    ['a word inside a word', { amr: 'mfa' }, ['mfa'], false],
    ['an object', { amr: [{ mfa: true }], acr: {} }, ['mfa'], false],
  ])('a second factor %s', (_name, claims, mfa, expected) => {
    expect(identityOf({ ...CLAIMS, ...claims }, mfa).hasSecondFactor).toBe(expected);
  });
});

describe('stateOf', () => {
  const state = 'A'.repeat(43);
  it.each([
    [`state=${state}&code=x`, state],
    ['code=x', null],
    ['state=', null],
    [`state=${state}&state=${state}`, null],
    ['state=abc', null],
    [`state=${"'".repeat(43)}`, null],
  ])('%s', (query, expected) => {
    expect(stateOf(new URLSearchParams(query))).toBe(expected);
  });
});

it.each([
  ['/markets/92ST041?tab=1', '/markets/92ST041?tab=1'],
  ['/', '/'],
  [undefined, '/'],
  ['', '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/a\\b', '/'],
  ['/a\r\nSet-Cookie: x=1', '/'],
  ['javascript:alert(1)', '/'],
  [`/${'a'.repeat(600)}`, '/'],
])('afterwards %j leads to %s', (path, expected) => {
  expect(returnPathOf(path)).toBe(expected);
});

describe('isOutage', () => {
  const broken = Object.assign(new TypeError('fetch failed'), { cause: new Error('ECONNREFUSED') });
  it.each([
    ['a broken line', broken, true],
    ['a broken line inside a library’s error', new Error('x', { cause: broken }), true],
    ['a time limit', Object.assign(new Error('x'), { code: 'OAUTH_TIMEOUT' }), true],
    ['an error of the server', Object.assign(new Error('x'), { status: 502 }), true],
    ['an answer that is none', new Error('x', { cause: new Response('', { status: 503 }) }), true],
    ['a refusal', Object.assign(new Error('x'), { code: 'OAUTH_RESPONSE_BODY_ERROR', status: 400 }), false],
    ['a claim that does not fit', Object.assign(new Error('x'), { code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' }), false],
    ['a defect of ours', new TypeError('x is not a function'), false],
    ['no error', 'x', false],
  ])('%s', (_name, error, expected) => {
    expect(isOutage(error)).toBe(expected);
  });
});
