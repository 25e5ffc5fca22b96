import { type Vnd } from '../kernel/vnd';
import { isAccount, isBin } from './account';
import { MAX_AMOUNT } from './amount';
import { codePoints, isBlank, isDigits } from './characters';
import { decodeVietQr } from './decode-strict';
import { bad, badAccount, badBin, badService, type Finding, tooLong } from './findings';
import { foldAccents } from './fold';
import { VIETNAM, VND_CURRENCY } from './payload';
import { checkAns, checkUnicode } from './text-rules';
import { MAX_VALUE_LENGTH, writeObject } from './tlv';
import { AmountNotEncodable, EmptyField, LabelNeedsMerchantCode, VietQrRefused } from './vietqr.errors';
import { writeAccountTemplate, writeChecksum } from './write';

/** The services we issue codes for: to an account, to a card, to a merchant. */
export const ISSUED_SERVICES = ['QRIBFTTA', 'QRIBFTTC', 'QRPUSH'] as const;
export type IssuedService = (typeof ISSUED_SERVICES)[number];

/** Name and city in letters with accents, for tag 64. */
export interface LanguageInput {
  /** ISO 639-1, `vi`. */
  readonly code: string;
  readonly name: string;
  readonly city?: string;
}

/** What to write. 59, 60, 61 and 62 lose their accents, see {@link foldAccents}; nothing else is changed. */
export interface VietQrInput {
  readonly bin: string;
  /** Text, so that leading zeros and mixed case survive. */
  readonly account: string;
  /** `QRIBFTTA` when absent. */
  readonly service?: IssuedService;
  /** Whole đồng, 1 to 9 999 999 999 999; absent in a static code. */
  readonly amount?: Vnd;
  /** 62.08: what reaches the vendor’s bank, up to 25 characters. */
  readonly content?: string;
  readonly mcc?: string;
  readonly merchantName?: string;
  readonly merchantCity?: string;
  readonly postalCode?: string;
  /** 62.03, 62.05 and 62.07: only in merchant codes, banks drop them from transfers. */
  readonly storeLabel?: string;
  readonly referenceLabel?: string;
  readonly terminalLabel?: string;
  readonly language?: LanguageInput;
}

const MCC = /^[0-9]{4}$/;
const CURRENCY = writeObject('53', VND_CURRENCY);
const COUNTRY = writeObject('58', VIETNAM);

/**
 * Writes a payload in the fixed order 00 01 38 52 53 54 58 59 60 61 62 64 63, reads it back strictly and compares.
 * @throws VietQrRefused, AmountNotEncodable, EmptyField or LabelNeedsMerchantCode instead of repairing the input
 */
export function encodeVietQr(input: VietQrInput): string {
  const { bin, account, service = 'QRIBFTTA' } = input;
  checkAccount(bin, account, service);
  const amount = amountText(input.amount);
  const payload = writeChecksum(
    (amount === null ? '000201010211' : '000201010212') +
      writeObject('38', writeAccountTemplate(bin, account, service)) +
      writeMcc(input.mcc) +
      CURRENCY +
      (amount === null ? '' : writeObject('54', amount)) +
      COUNTRY +
      writeText('59', '59', 25, input.merchantName) +
      writeText('60', '60', 15, input.merchantCity) +
      writeText('61', '61', 10, input.postalCode) +
      writeAdditional(input, service) +
      (input.language ? writeLanguage(input.language) : ''),
  );
  verify(payload, bin, account, service, amount);
  return payload;
}

function checkAccount(bin: string, account: string, service: IssuedService): void {
  // Callers without a compiler may hand over numbers, which would have lost their zeros already.
  if (typeof bin !== 'string' || !isBin(bin)) refuse(badBin());
  if (typeof account !== 'string' || !isAccount(account)) refuse(badAccount());
  if (!ISSUED_SERVICES.includes(service)) refuse(badService());
  if (service === 'QRIBFTTC' && !isDigits(account)) refuse(badAccount());
}

function amountText(amount: Vnd | undefined): string | null {
  if (amount === undefined) return null;
  if (typeof amount !== 'bigint' || amount < 1n || amount > MAX_AMOUNT) throw new AmountNotEncodable();
  return amount.toString();
}

function writeMcc(mcc: string | undefined): string {
  if (mcc === undefined) return '';
  if (!MCC.test(mcc)) refuse(bad('52'));
  return writeObject('52', mcc);
}

function writeText(id: string, at: string, limit: number, text: string | undefined): string {
  if (text === undefined) return '';
  const folded = foldAccents(text);
  if (isBlank(folded)) throw new EmptyField(at.replace('_', '.'));
  return writeObject(id, checkAns(folded, at, limit, refuse));
}

function writeAdditional(input: VietQrInput, service: IssuedService): string {
  const labels =
    writeText('03', '62_03', 25, input.storeLabel) +
    writeText('05', '62_05', 25, input.referenceLabel) +
    writeText('07', '62_07', 25, input.terminalLabel);
  if (labels !== '' && service !== 'QRPUSH') throw new LabelNeedsMerchantCode();
  const template = labels + writeText('08', '62_08', 25, input.content);
  if (template.length > MAX_VALUE_LENGTH) refuse(tooLong('62', MAX_VALUE_LENGTH));
  return template === '' ? '' : writeObject('62', template);
}

function writeLanguage({ code, name, city }: LanguageInput): string {
  if (isBlank(name) || (city !== undefined && isBlank(city))) throw new EmptyField('64');
  if (code === '') throw new EmptyField('64.00');
  const template =
    writeObject('00', checkAns(code, '64_00', 2, refuse)) +
    writeObject('01', checkUnicode(name, '64_01', 25, refuse), codePoints(name)) +
    (city === undefined ? '' : writeObject('02', checkUnicode(city, '64_02', 15, refuse), codePoints(city)));
  if (codePoints(template) > MAX_VALUE_LENGTH) refuse(tooLong('64', MAX_VALUE_LENGTH));
  return writeObject('64', template, codePoints(template));
}

/** Our own reader has the last word, and no code leaves with another account than the one asked for. */
function verify(payload: string, bin: string, account: string, service: string, amount: string | null): void {
  const fields = decodeVietQr(payload);
  const same =
    fields.bin === bin && fields.account === account && fields.service === service && fields.amount === amount;
  if (!same) throw new Error('the payload written does not read back as asked');
}

function refuse(finding: Finding): never {
  throw new VietQrRefused(finding);
}
