import { canonicalPassword, checkPassword, PasswordRefused } from './password.rules';

const OWNER = { email: 'lan.nguyen@example.vn', fullName: 'Nguyễn Thị Lan' };

function faultOf(typed: string): string | null {
  try {
    checkPassword(canonicalPassword(typed), OWNER);
    return null;
  } catch (error) {
    return error instanceof PasswordRefused ? error.code : String(error);
  }
}

describe('checkPassword', () => {
  it.each([
    ['a phrase', 'bảy con mèo ngủ trưa', null],
    ['a phrase without accents', 'bay con meo ngu trua', null],
    ['eight characters', 'x7#Kq2!m', null],
    ['seven characters', 'x7#Kq2!', 'password_too_short'],
    ['eight Vietnamese letters', 'ắềộữỵịỗẩ', null],
    ['seven Vietnamese letters, 14 code points decomposed', 'ắềộữỵịỗ'.normalize('NFD'), 'password_too_short'],
    ['eight emoji', '🐈🐕🐎🐖🐑🐐🐓🦆', null],
    ['128 characters', 'ăk3 '.repeat(32), null],
    ['129 characters', `${'ăk3 '.repeat(32)}x`, 'password_too_long'],
    ['the commonest', 'password', 'password_too_common'],
    ['with capitals and digits', 'PassWord2026', 'password_too_common'],
    ['in Vietnamese', 'Mật khẩu', 'password_too_common'],
    ['a love song', 'anh yêu em 123', 'password_too_common'],
    ['a row of keys', 'qwertyuiop', 'password_too_common'],
    ['one letter', 'aaaaaaaaaa', 'password_too_common'],
    ['counting up', '23456789', 'password_too_common'],
    ['the alphabet backwards', 'zyxwvuts', 'password_too_common'],
    ['this system', 'cho4.0 2026', 'password_too_common'],
    ['their email', 'lan.nguyen@example.vn', 'password_too_common'],
    ['the name in their email', 'Lan.Nguyen1', 'password_too_common'],
    ['their name', 'nguyễn thị lan 88', 'password_too_common'],
  ])('%s: %j', (_name, typed, fault) => {
    expect(faultOf(typed)).toBe(fault);
  });
});
