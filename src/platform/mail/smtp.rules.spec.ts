import { judgeFault, pauseMs, smtpConnection } from './smtp.rules';

describe('smtpConnection', () => {
  it.each([
    ['smtp://127.0.0.1:2525', { port: 2525, secure: false, requireTLS: false, ignoreTLS: true }],
    ['smtp://[::1]:2525', { host: '::1', requireTLS: false, ignoreTLS: true }],
    ['smtp://mail.example.vn', { host: 'mail.example.vn', port: 587, secure: false, requireTLS: true }],
    ['smtps://mail.example.vn', { port: 465, secure: true, requireTLS: false, ignoreTLS: false }],
    ['smtp://relay.lan:25?requireTLS=false', { port: 25, requireTLS: false, ignoreTLS: false }],
    ['smtp://127.0.0.1.example.vn', { requireTLS: true, ignoreTLS: false }],
    ['smtp://cho%40example.vn:m%E1%BA%ADt@mail.example.vn', { auth: { user: 'cho@example.vn', pass: 'mật' } }],
  ])('%s', (url, expected) => {
    expect(smtpConnection(url)).toMatchObject(expected);
  });

  it('names nobody unless the address does', () => {
    expect(smtpConnection('smtp://mail.example.vn')).not.toHaveProperty('auth');
  });
});

describe('judgeFault', () => {
  it.each([
    ['a broken line', { code: 'ECONNECTION' }, 'econnection', false],
    ['a server that says nothing', { code: 'ETIMEDOUT' }, 'etimedout', false],
    ['a full mailbox, for now', { code: 'EENVELOPE', responseCode: 452 }, 'smtp_452', false],
    ['an unknown receiver', { code: 'EENVELOPE', responseCode: 550 }, 'smtp_550', true],
    ['a wrong password of ours', { code: 'EAUTH', responseCode: 535 }, 'smtp_535', false],
    ['a fault without a name', {}, 'unknown', false],
    ['a code that holds a sentence', { code: 'no such user lan@example.vn' }, 'unknown', false],
  ])('%s', (_name, error, fault, isFinal) => {
    expect(judgeFault(error)).toEqual({ fault, isFinal });
  });
});

it.each([
  [1, 60_000],
  [2, 120_000],
  [6, 1_920_000],
  [7, 3_600_000],
  [500, 3_600_000],
])('after %i tries the next one comes in %i ms', (attempts, expected) => {
  expect(pauseMs(attempts)).toBe(expected);
});
