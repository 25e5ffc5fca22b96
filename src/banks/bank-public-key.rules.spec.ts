import { generateKeyPairSync } from 'node:crypto';
import { DomainError } from '../kernel/errors';
import { readPublicKey } from './bank-public-key.rules';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const spki = publicKey.export({ format: 'der', type: 'spki' });
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
const jwk = publicKey.export({ format: 'jwk' });

it.each([
  ['PEM', pem],
  ['PEM between blank lines', `\n\n${pem}\n`],
  ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
  ['JWK', JSON.stringify(jwk)],
  ['JWK with other members', JSON.stringify({ ...jwk, kid: 'bank-1', use: 'sig', alg: 'EdDSA' }, null, 2)],
])('reads %s', (_name, text) => {
  expect(readPublicKey(text).equals(spki)).toBe(true);
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey;
const x25519 = generateKeyPairSync('x25519').publicKey;
const refusedWith = (text: string): string | undefined => {
  try {
    readPublicKey(text);
  } catch (error) {
    return error instanceof DomainError ? error.code : undefined;
  }
  return 'nothing';
};

it.each([
  ['nothing', '', 'public_key_invalid'],
  ['no key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA bank@example.vn', 'public_key_invalid'],
  ['a cut PEM', pem.slice(0, 60), 'public_key_invalid'],
  ['RSA', rsa.export({ format: 'pem', type: 'spki' }).toString(), 'public_key_invalid'],
  ['X25519', JSON.stringify(x25519.export({ format: 'jwk' })), 'public_key_invalid'],
  ['JSON that is no JWK', '{"kty": 7}', 'public_key_invalid'],
  ['broken JSON', '{"kty": "OKP"', 'public_key_invalid'],
  ['a private key as PEM', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 'private_key_sent'],
  ['a private key as JWK', JSON.stringify(privateKey.export({ format: 'jwk' })), 'private_key_sent'],
])('refuses %s', (_name, text, code) => {
  expect(refusedWith(text)).toBe(code);
});
