import { createPublicKey } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { createVerifier } from 'http-message-signatures';
import { type BankRequest, type BankSigningKey, signBankRequest } from './bank-request-signer';
import { matchesBase, type SignableRequest, signatureBase } from './bank-signature.base';
import { contentDigestOf, declaredSha256, DigestCheck } from './bank-signature.digest';
import { SignatureRefused } from './bank-signature.errors';
import { checkWindow, readSignature, readSignedBody } from './bank-signature.rules';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const SECONDS = NOW.getTime() / 1_000;
const HMAC_KEY: BankSigningKey = {
  keyId: '970436-1',
  alg: 'hmac-sha256',
  secret: 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
};
/** The keys that RFC 9421 B.1 prints. */
const RFC_ED25519_PRIVATE = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`;
const RFC_ED25519_PUBLIC = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;
const ED_KEY: BankSigningKey = { keyId: '970436-2', alg: 'ed25519', privateKey: RFC_ED25519_PRIVATE };

const POST: BankRequest = {
  method: 'POST',
  url: 'https://cho40.test/api/v1/bank/submissions?dryRun=true',
  body: '{"header":{}}',
  contentType: 'application/json',
  idempotencyKey: 'k-1',
  key: HMAC_KEY,
  now: NOW,
  nonce: 'n-1',
};

function asReceived(
  request: BankRequest,
  changed: Record<string, string | string[] | undefined> = {},
): SignableRequest {
  return { method: request.method, targetUri: request.url, headers: { ...signBankRequest(request), ...changed } };
}

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof SignatureRefused ? error.code : String(error);
  }
}

describe('the signature base', () => {
  const headers = {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-length': '18',
  };
  const request: SignableRequest = {
    method: 'POST',
    targetUri: 'https://example.com/foo?param=Value&Pet=dog',
    headers,
  };

  it('agrees with RFC 9421 B.2.5 (hmac-sha256)', () => {
    const components = ['date', '@authority', 'content-type'];
    const input = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"';
    const signature = Buffer.from('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=', 'base64');
    const secret = Buffer.from(HMAC_KEY.secret, 'base64');
    expect(matchesBase(signatureBase(request, components, input), signature, { alg: 'hmac-sha256', secret })).toBe(
      true,
    );
  });

  it('agrees with RFC 9421 B.2.6 (ed25519)', () => {
    const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'];
    const list = components.map((name) => `"${name}"`).join(' ');
    const input = `(${list});created=1618884473;keyid="test-key-ed25519"`;
    const text = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
    const key = createPublicKey(RFC_ED25519_PUBLIC);
    const base = signatureBase(request, components, input);
    expect(matchesBase(base, Buffer.from(text, 'base64'), { alg: 'ed25519', key })).toBe(true);
  });

  it.each([
    ['hmac-sha256', HMAC_KEY, Buffer.from(HMAC_KEY.secret, 'base64')],
    ['ed25519', ED_KEY, createPublicKey(RFC_ED25519_PUBLIC)],
  ] as const)('what our signer makes with %s, an independent verifier accepts', async (alg, key, verifying) => {
    const { targetUri, headers: sent, method } = asReceived({ ...POST, key });
    const verify = createVerifier(verifying as Parameters<typeof createVerifier>[0], alg);
    const verdict = await httpbis.verifyMessage(
      {
        keyLookup: () => Promise.resolve({ id: key.keyId, algs: [alg], verify }),
        requiredFields: ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'],
        notAfter: NOW,
        tolerance: 10 ** 9,
      },
      { method, url: targetUri, headers: sent as Record<string, string> },
    );
    expect(verdict).toBe(true);
  });
});

describe('readSignature', () => {
  it('reads what the signer wrote', () => {
    expect(readSignature(asReceived(POST))).toMatchObject({
      components: ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'],
      created: SECONDS,
      expires: SECONDS + 300,
      nonce: 'n-1',
      keyId: '970436-1',
      alg: 'hmac-sha256',
    });
    expect(readSignature(asReceived({ ...POST, method: 'GET' })).components).toEqual(['@method', '@target-uri']);
  });

  const all = '"@method" "@target-uri" "content-type" "content-digest" "idempotency-key"';
  const good = `created=${SECONDS};expires=${SECONDS + 300};nonce="n";keyid="k"`;
  it.each([
    ['no signature', { signature: undefined }, 'signature_missing'],
    ['no input', { 'signature-input': undefined }, 'signature_missing'],
    ['empty headers', { signature: ' ', 'signature-input': '' }, 'signature_missing'],
    ['not a dictionary', { 'signature-input': '((' }, 'signature_malformed'],
    ['no inner list', { 'signature-input': 'sig=1' }, 'signature_malformed'],
    ['another label', { 'signature-input': `other=(${all});${good}` }, 'signature_malformed'],
    ['two signatures', { 'signature-input': `sig=(${all});${good}, b=(${all});${good}` }, 'signature_malformed'],
    ['one label twice', { 'signature-input': `sig=(${all});${good}, sig=(${all});${good}` }, 'signature_malformed'],
    ['two signatures under one label', { signature: 'sig=:AAAA:, sig=:BBBB:' }, 'signature_malformed'],
    ['a signature that is no bytes', { signature: 'sig="abc"' }, 'signature_malformed'],
    ['a header twice', { 'content-digest': ['a', 'b'], signature: ['a', 'b'] }, 'signature_malformed'],
    ['a component twice', { 'signature-input': `sig=(${all} "@method");${good}` }, 'signature_malformed'],
    ['a component with parameters', { 'signature-input': `sig=(${all} "date";sf);${good}` }, 'signature_malformed'],
    ['itself as a component', { 'signature-input': `sig=(${all} "@signature-params");${good}` }, 'signature_malformed'],
    ['a component in upper case', { 'signature-input': `sig=(${all} "Date");${good}` }, 'signature_malformed'],
    ['a number as component', { 'signature-input': `sig=(${all} 1);${good}` }, 'signature_malformed'],
    ['nothing covered', { 'signature-input': `sig=();${good}` }, 'signature_components_missing'],
    ...['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'].map(
      (name) =>
        [
          `${name} not covered`,
          { 'signature-input': `sig=(${all.replace(`"${name}"`, '').replace(/ +/g, ' ').trim()});${good}` },
          'signature_components_missing',
        ] as const,
    ),
    ...['created', 'expires', 'nonce', 'keyid'].map(
      (name) =>
        [
          `no ${name}`,
          {
            'signature-input': `sig=(${all});${good
              .split(';')
              .filter((p) => !p.startsWith(name))
              .join(';')}`,
          },
          'signature_parameters_missing',
        ] as const,
    ),
    [
      'an empty nonce',
      { 'signature-input': `sig=(${all});${good.replace('"n"', '""')}` },
      'signature_parameters_missing',
    ],
    [
      'a nonce of 256 characters',
      { 'signature-input': `sig=(${all});${good.replace('"n"', `"${'n'.repeat(256)}"`)}` },
      'signature_parameters_missing',
    ],
    [
      'created as text',
      { 'signature-input': `sig=(${all});${good.replace(/created=\d+/, 'created="1"')}` },
      'signature_parameters_missing',
    ],
    [
      'created as a fraction',
      { 'signature-input': `sig=(${all});${good.replace(/created=\d+/, 'created=1.5')}` },
      'signature_parameters_missing',
    ],
  ] as const)('refuses %s', (_name, changed, code) => {
    expect(codeOf(() => readSignature(asReceived(POST, changed as Record<string, string>)))).toBe(code);
  });
});

describe('readSignedBody', () => {
  it.each([
    ['none of its headers', { 'content-type': undefined }, 'content_type_missing'],
    ['no digest', { 'content-digest': undefined }, 'content_digest_missing'],
    ['a digest of another kind only', { 'content-digest': 'sha-512=:AAAA:' }, 'content_digest_invalid'],
    ['a digest too short', { 'content-digest': 'sha-256=:AAAA:' }, 'content_digest_invalid'],
    ['a digest as text', { 'content-digest': 'sha-256="abc"' }, 'content_digest_invalid'],
    ['a digest that is no dictionary', { 'content-digest': 'sha-256=:::' }, 'content_digest_invalid'],
    ['no key', { 'idempotency-key': undefined }, 'idempotency_key_missing'],
    ['a key with a space', { 'idempotency-key': 'a b' }, 'idempotency_key_invalid'],
    ['a key with an accent', { 'idempotency-key': 'khóa' }, 'idempotency_key_invalid'],
    ['a key of 256 characters', { 'idempotency-key': 'k'.repeat(256) }, 'idempotency_key_invalid'],
    ['a key of 255 characters', { 'idempotency-key': 'k'.repeat(255) }, null],
    ['two digests, ours among them', { 'content-digest': `sha-512=:AAAA:, ${contentDigestOf('x')}` }, null],
  ] as const)('with %s', (_name, changed, code) => {
    expect(codeOf(() => readSignedBody(asReceived(POST, changed as Record<string, string>)))).toBe(code);
  });

  it('expects none with a GET', () => {
    expect(readSignedBody(asReceived({ ...POST, method: 'GET' }))).toBeNull();
  });
});

describe('checkWindow', () => {
  it.each([
    ['now, for 300 s', 0, 300, null],
    ['for 301 s', 0, 301, 'signature_lifetime_too_long'],
    ['for no time', 0, 0, 'signature_lifetime_too_long'],
    ['ending before it begins', 0, -1, 'signature_lifetime_too_long'],
    ['60 s ahead: a fast clock', 60, 300, null],
    ['61 s ahead', 61, 300, 'signature_not_yet_valid'],
    ['a second before its end', -299, 300, null],
    ['at its end', -300, 300, 'signature_expired'],
    ['a day old', -86_400, 300, 'signature_expired'],
  ] as const)('created %s → %s', (_name, offset, lifetime, code) => {
    const created = SECONDS + offset;
    expect(codeOf(() => checkWindow({ created, expires: created + lifetime }, NOW))).toBe(code);
  });
});

describe('DigestCheck', () => {
  const body = Buffer.from('H,1,970436\nT,0,0,0,0,0\n');

  it('passes the bytes that were declared, in any pieces', () => {
    const check = new DigestCheck(declaredSha256(contentDigestOf(body)));
    check.update(body.subarray(0, 5));
    check.update(body.subarray(5));
    expect(check.verify()).toHaveLength(32);
  });

  it.each([
    ['one byte changed', Buffer.from(body.toString().replace('970436', '970437'))],
    ['one byte missing', body.subarray(0, -1)],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s', (_name, sent) => {
    const check = new DigestCheck(declaredSha256(contentDigestOf(body)));
    check.update(sent);
    expect(codeOf(() => check.verify())).toBe('content_digest_mismatch');
  });
});
