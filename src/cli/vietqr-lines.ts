import { DomainError } from '../kernel/errors';
import { decodeScannedCode } from '../vietqr/decode-scan-back';
import { decodeVietQr } from '../vietqr/decode-strict';
import { encodeVietQr, type IssuedService, type VietQrInput } from '../vietqr/encode';
import { ForeignCode } from '../vietqr/vietqr.errors';
import { LineRefused } from './cli.errors';
import { type JsonObjectLine, readObjectLine } from './json-lines';

/** `{"ok": false}` with a stable code; `kind` names another scheme's code. Sentences in Vietnamese and English. */
export interface LineRefusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  readonly messageEn: string;
  readonly kind?: string;
}

const WHOLE = /^(?:0|[1-9][0-9]*)$/;
const TEXTS = [
  'service',
  'content',
  'mcc',
  'merchantName',
  'merchantCity',
  'postalCode',
  'storeLabel',
  'referenceLabel',
  'terminalLabel',
] as const;
const ENCODE_PROPERTIES = new Set<string>(['bin', 'account', 'amount', ...TEXTS]);

/** `{"payload"}` → `{"ok": true, "fields"}`, read to the letter. */
export function decodeLine(line: Buffer): object {
  return answered(() => ({ ok: true, fields: decodeVietQr(payloadOf(line)) }));
}

/** `{"payload"}` → `{"ok": true, "kind", "fields", "warnings"}`, read as it hangs on a wall. */
export function decodeScannedLine(line: Buffer): object {
  return answered(() => {
    const { fields, warnings } = decodeScannedCode(payloadOf(line));
    return { ok: true, kind: 'VietQR', fields, warnings: warnings.map(({ code }) => code) };
  });
}

/** `{"bin", "account", "service"?, "amount"?, "content"?, …}` → `{"ok": true, "payload"}`. */
export function encodeLine(line: Buffer): object {
  return answered(() => ({ ok: true, payload: encodeVietQr(inputOf(readObjectLine(line))) }));
}

function answered(act: () => object): object {
  try {
    return act();
  } catch (error) {
    if (error instanceof DomainError) return refusal(error);
    throw error;
  }
}

function refusal(error: DomainError): LineRefusal {
  const { code, text } = error;
  const kind = error instanceof ForeignCode ? { kind: error.scheme.name } : {};
  return { ok: false, code, ...kind, message: text.vi, messageEn: text.en };
}

function payloadOf(line: Buffer): string {
  return requiredText(readObjectLine(line), 'payload');
}

function inputOf(line: JsonObjectLine): VietQrInput {
  const unknown = Object.keys(line.values).find((name) => !ENCODE_PROPERTIES.has(name));
  if (unknown !== undefined) throw new LineRefused('unknown_property', unknown);
  const texts = Object.fromEntries(TEXTS.map((name) => [name, optionalText(line, name)]));
  return {
    ...texts,
    bin: requiredText(line, 'bin'),
    account: requiredText(line, 'account'),
    service: texts.service as IssuedService | undefined,
    amount: amountOf(line),
  };
}

function requiredText(line: JsonObjectLine, name: string): string {
  const text = optionalText(line, name);
  if (text === undefined) throw new LineRefused('missing_property', name);
  return text;
}

/** `null` says "absent", as in the published vectors. */
function optionalText({ values, literals }: JsonObjectLine, name: string): string | undefined {
  const value = literals.has(name) ? values[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new LineRefused('property_not_text', name);
  return value;
}

/** A JSON integer or a string of digits. The number is read from its spelling: no rounding, no `1e3`, no `1.0`. */
function amountOf({ values, literals }: JsonObjectLine): bigint | undefined {
  const value = values['amount'];
  if (value === undefined || value === null) return undefined;
  const digits = typeof value === 'number' ? (literals.get('amount') ?? '') : value;
  if (typeof digits !== 'string' || digits.length > 20 || !WHOLE.test(digits)) {
    throw new LineRefused('amount_not_whole', 'amount');
  }
  return BigInt(digits);
}
