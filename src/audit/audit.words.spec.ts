import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditAction, auditSubject } from '../../web/src/i18n/vi/audit';

const SOURCE = join(__dirname, '..');

/** Every code that stands written out where something is recorded. */
function codesOf(property: string): string[] {
  const pattern = new RegExp(`\\b${property}: '([a-z_]+)'`, 'g');
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.spec)\.ts$/.test(name),
  );
  const found = files
    .map((name) => readFileSync(join(SOURCE, name), 'utf8'))
    .filter((text) => text.includes('audit'))
    .flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code as string));
  return [...new Set(found)].sort();
}

it('what the trail records has words for people (web/src/i18n/vi/audit.ts and en/audit.ts)', () => {
  expect(codesOf('action').filter((code) => !(code in auditAction))).toEqual([]);
  expect(codesOf('subjectType').filter((code) => !(code in auditSubject))).toEqual([]);
});
