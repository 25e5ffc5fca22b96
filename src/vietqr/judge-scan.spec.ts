import { encodeVietQr } from './encode';
import { judgeScan, type RegisteredCodes } from './judge-scan';
import { writeChecksum } from './write';

const OWN = { bin: '970436', account: '0011001234567' };
const OWNERS_OTHER = { bin: '970415', account: '113366668888' };
const STRANGER = { bin: '970422', account: '0352350917' };
const CURRENT = encodeVietQr({ ...OWN, content: 'CHO7K2M9QX1' });
const EARLIER = encodeVietQr({ ...OWNERS_OTHER, content: 'CHO7K2M9QX1' });
const PASTED = encodeVietQr(STRANGER);
const VERIFY = 'https://cho40.example/v/';
const REGISTERED: RegisteredCodes = {
  current: CURRENT,
  earlier: [EARLIER],
  ownerAccounts: [OWN, OWNERS_OTHER],
  verifyAddress: VERIFY,
};
/** VNPAY (published vector F002). */
const VNPAY =
  '00020101021126280010A0000007750110010215477853037045802VN5912TUGIACOMPANY62310315TU GIA COMPUTER0708TUGIACO16304DF44';

describe('judgeScan', () => {
  it.each([
    ['the code in force', [CURRENT], 'match', [OWN]],
    ['the code in force beside the card’s own small code', [`${VERIFY}AB12`, CURRENT], 'match', [OWN]],
    ['the code in force, found twice by the reader', [CURRENT, CURRENT], 'match', [OWN]],
    ['an earlier issue', [EARLIER], 'old_issue', [OWNERS_OTHER]],
    ['the same account in other bytes', [encodeVietQr(OWN)], 'reencoded', [OWN]],
    ['the same account with an amount', [encodeVietQr({ ...OWN, amount: 50_000n })], 'reencoded', [OWN]],
    ['another account of the vendor', [encodeVietQr(OWNERS_OTHER)], 'same_owner_other_account', [OWNERS_OTHER]],
    ['a stranger’s account', [PASTED], 'other_account', [STRANGER]],
    ['an account that differs in case', [encodeVietQr({ bin: OWN.bin, account: 'a1' })], 'other_account', undefined],
    ['another scheme’s code', [VNPAY], 'foreign_code', []],
    ['a code with one character changed', [CURRENT.replace('1234567', '1234568')], 'malformed', []],
    ['any other text', ['xin chào'], 'malformed', []],
    ['a code pasted beside ours', [CURRENT, PASTED], 'several_codes', [OWN, STRANGER]],
    ['a payment code and a foreign one', [CURRENT, VNPAY], 'several_codes', [OWN]],
    ['no code', [], 'unreadable', []],
    ['only the card’s own small code', [`${VERIFY}AB12`], 'unreadable', []],
  ])('%s', (_name, texts, result, accounts) => {
    const judged = judgeScan(texts, REGISTERED);
    expect(judged.result).toBe(result);
    if (accounts) expect(judged.accounts).toEqual(accounts);
  });

  it('names the scheme of a foreign code', () => {
    expect(judgeScan([VNPAY], REGISTERED).scheme?.name).toBe('VNPAY-QR');
  });

  it('hands on the warnings of a code outside the letter', () => {
    const reordered = writeChecksum(`00020101021153037045802VN${CURRENT.slice(12, CURRENT.indexOf('5303704'))}`);
    const judged = judgeScan([reordered], REGISTERED);
    expect(judged.result).toBe('reencoded');
    expect(judged.warnings.map(({ code }) => code)).toEqual(['OTHER_ORDER']);
  });
});
