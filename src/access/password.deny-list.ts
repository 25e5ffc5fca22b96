/**
 * The first guesses of every published attack list that have eight characters or more, and the ones Vietnamese lists
 * add; folded (lower case, no accents, no spaces). Digits before or after a word are taken off before looking.
 */
export const DENIED_PASSWORDS: ReadonlySet<string> = new Set(
  `
  password passw0rd p@ssw0rd p@ssword password1 password12 password123 motdepasse passwort contrasena
  12345678 123456789 1234567890 123123123 12341234 11223344 1122334455 87654321 987654321 0987654321 147258369 159753456
  qwertyui qwertyuiop qwerty qwerty123 1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx asdfghjk asdfghjkl zxcvbnm zxcvbnm123
  abc abcd abcdef abc12345 abcd1234 a1b2c3d4 aa123456 asd asdasd qweasd qweasdzxc qwe
  iloveyou sunshine princess football baseball superman batman starwars welcome letmein trustno1 whatever computer
  dragon monkey shadow master michael jordan charlie
  admin administrator adminadmin root toor guest test testtest user changeme default secret login
  matkhau matkhaumoi matkhau123 quantri quantrivien dangnhap khongbiet khongnho
  anhyeuem emyeuanh yeuem yeuanh anhnhoem emnhoanh toiyeuem toiyeuban connguoi conmeo
  vietnam vietnamvodich hanoi saigon danang hochiminh congan bodoi
  xinchao tinhyeu hanhphuc gia-dinh giadinh bemeo meocon concho
  khongco motnguoi nguoiyeu thuongem
  `
    .trim()
    .split(/\s+/),
);
