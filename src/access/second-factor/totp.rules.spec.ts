import { spelledSecret, stepOfCode, totpUri } from './totp.rules';

/** RFC 6238, appendix B (SHA-1), the last six of eight digits. */
const SECRET = Buffer.from('12345678901234567890');
const at = (seconds: number): Date => new Date(seconds * 1_000);

describe('stepOfCode', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_111_111_111, '050471', 37_037_037],
    [1_234_567_890, '005924', 41_152_263],
    [2_000_000_000, '279037', 66_666_666],
    [20_000_000_000, '353130', 666_666_666],
  ])('knows the code of RFC 6238 at %d s', (seconds, code, step) => {
    expect(stepOfCode(SECRET, code, at(seconds), null)).toBe(step);
  });

  it.each([
    ['a step early', 29, 1],
    ['at the start of its step', 30, 1],
    ['a step late', 89, 1],
    ['two steps late', 90, null],
  ])('takes a code %s', (_name, seconds, step) => {
    expect(stepOfCode(SECRET, '287082', at(seconds), null)).toBe(step);
  });

  it.each([
    ['used before', 1, null],
    ['older than the last one used', 2, null],
    ['newer than the last one used', 0, 1],
  ])('takes a code once: %s', (_name, lastStep, step) => {
    expect(stepOfCode(SECRET, '287082', at(59), lastStep)).toBe(step);
  });

  it.each(['', '28708', '2870820', '28708a', '２８７０８２', '+87082', '287082\n', '1e5', '000000'])(
    'refuses %j',
    (code) => expect(stepOfCode(SECRET, code, at(59), null)).toBeNull(),
  );

  it('does not mind a clock that went back', () => {
    expect(stepOfCode(SECRET, '287082', at(59), 1_000_000)).toBeNull();
  });
});

it('spells the secret for typing, and for the app', () => {
  expect(spelledSecret(SECRET)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
  expect(totpUri(SECRET, 'lan@example.vn')).toBe(
    'otpauth://totp/Ch%E1%BB%A3%204.0:lan%40example.vn?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ch%E1%BB%A3%204.0',
  );
});
