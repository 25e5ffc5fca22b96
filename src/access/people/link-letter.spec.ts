import { linkLetter } from './link-letter';

const PERSON = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.vn' };
const LINK = { link: 'https://cho.example.vn/activate#abc', expiresAt: new Date('2026-11-24T17:30:00.000Z') };

it.each([
  ['activate', 'Mời sử dụng hệ thống Chợ 4.0'],
  ['reset', 'Đặt lại mật khẩu hệ thống Chợ 4.0'],
] as const)('%s: the link stands on a line of its own, with its last moment in Vietnam', (purpose, subject) => {
  const letter = linkLetter(PERSON, purpose, LINK);
  expect(letter).toMatchObject({ to: { name: 'Nguyễn Thị Lan', address: 'lan@example.vn' }, subject });
  expect(letter.text.split('\n')).toContain(LINK.link);
  expect(letter.text).toContain('đến 00:30 ngày 25/11/2026 (giờ Việt Nam)');
});
