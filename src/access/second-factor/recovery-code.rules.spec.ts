import { recoveryCode, recoveryCodeHash } from './recovery-code.rules';

const CODE = recoveryCode(Buffer.from('00443214c74254b635cf', 'hex'));

it.each([
  ['00000000000000000000', '0000-0000-0000-0000'],
  ['00443214c74254b635cf', '0123-4567-89AB-CDEF'],
  ['ffffffffffffffffffff', 'ZZZZ-ZZZZ-ZZZZ-ZZZZ'],
])('ten bytes %s read %s', (hex, code) => {
  expect(recoveryCode(Buffer.from(hex, 'hex'))).toBe(code);
});

it.each([
  ['as printed', '0123-4567-89AB-CDEF'],
  ['in small letters', '0123-4567-89ab-cdef'],
  ['without dashes', '0123456789ABCDEF'],
  ['with spaces', ' 0123 4567 89AB CDEF '],
  ['with an O for the zero and an l for the one', 'Ol23-4567-89AB-CDEF'],
])('is known %s', (_name, typed) => {
  expect(recoveryCodeHash(typed)).toEqual(recoveryCodeHash(CODE));
});

it.each(['0123-4567-89AB-CDEG', '0123-4567-89AB-CDE', ''])('is not %j', (typed) => {
  expect(recoveryCodeHash(typed)).not.toEqual(recoveryCodeHash(CODE));
});
