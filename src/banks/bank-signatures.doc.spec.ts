import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signBankRequest } from './bank-request-signer';
import { signatureBase } from './bank-signature.base';
import { SIGNATURE_REFUSALS, SignatureRefused } from './bank-signature.errors';
import { readSignature } from './bank-signature.rules';

const STATUS: Readonly<Record<string, number>> = { malformed: 400, unauthenticated: 401, forbidden: 403, invalid: 422 };

describe('docs/bank-signatures.md', () => {
  const page = readFileSync(join(__dirname, '../../docs/bank-signatures.md'), 'utf8');

  it('shows the base and the headers that our signer makes of its example', () => {
    const targetUri = 'https://cho40.example.vn/api/v1/bank/submissions';
    const secret = /Secret `([^`]+)`/.exec(page)?.[1] ?? '';
    const body = /```\n(H,1[^`]+)```/.exec(page)?.[1] ?? '';
    const headers = signBankRequest({
      method: 'POST',
      url: targetUri,
      body,
      contentType: 'text/csv',
      idempotencyKey: '2026-10-10-1',
      key: { keyId: '970436-example', alg: 'hmac-sha256', secret },
      now: new Date('2026-10-11T02:00:00Z'),
      nonce: 'pZ0m7f2yq0n3l5T1',
    });
    for (const [name, value] of Object.entries(headers)) expect(page).toContain(`\n${name}: ${value}\n`);
    const { components, input } = readSignature({ method: 'POST', targetUri, headers });
    const base = signatureBase({ method: 'POST', targetUri, headers }, components, input);
    expect(page).toContain(`\`\`\`\n${base.toString()}\n\`\`\``);
  });

  it('lists every refusal with its status, and no other', () => {
    const listed = [...page.matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)].map(([, code, status]) => [code, Number(status)]);
    const ours = SIGNATURE_REFUSALS.map((code) => [code, STATUS[new SignatureRefused(code).kind]]);
    expect(listed.sort()).toEqual(ours.sort());
  });
});
