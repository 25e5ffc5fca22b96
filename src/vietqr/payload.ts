/** NAPAS’s application identifier: what makes tag 38 VietQR (Lao QR uses 38 as well). */
export const VIETQR_GUID = 'A000000727';
/** Vietnamese đồng in ISO 4217. */
export const VND_CURRENCY = '704';
export const VIETNAM = 'VN';

/** To an account, to a card, to a merchant, cash from a machine (NAPAS VietQR v1.0; QR switching v1.5.2). */
export const SERVICES = ['QRIBFTTA', 'QRIBFTTC', 'QRPUSH', 'QRCASH'] as const;
export type VietQrService = (typeof SERVICES)[number];

export function isService(text: string): text is VietQrService {
  return (SERVICES as readonly string[]).includes(text);
}

/** Sub-objects of a template by their two-digit ID. */
export type SubFields = Readonly<Record<string, string>>;

/**
 * What a VietQR payload says. Absent fields are `null`. Values stand as they are in the code: accounts keep their
 * zeros and their case, the amount is whole đồng as digits (a legal trailing decimal point left out).
 */
export interface VietQrFields {
  /** Tag 01: `11` static, `12` dynamic; `null` only from the scan-back reader, with a warning. */
  readonly initiation: 'static' | 'dynamic' | null;
  readonly guid: string;
  /** 38.01.00, six digits. */
  readonly bin: string;
  /** 38.01.01: account or card number. */
  readonly account: string;
  /** 38.02; one of {@link SERVICES} from the strict reader. */
  readonly service: string;
  /** False where 38.02 is absent, which means a merchant code. */
  readonly serviceExplicit: boolean;
  readonly mcc: string | null;
  readonly currency: string | null;
  readonly amount: string | null;
  /** Tag 55: `01` prompt, `02` fixed fee, `03` percentage. */
  readonly tip: string | null;
  readonly feeFixed: string | null;
  readonly feePercent: string | null;
  readonly country: string | null;
  readonly merchantName: string | null;
  readonly merchantCity: string | null;
  readonly postalCode: string | null;
  /** Tag 62; `08` is the transfer content. */
  readonly additional: SubFields | null;
  /** Tag 64; the one place for letters with accents. */
  readonly language: SubFields | null;
  /** Tags 80–99, unread. */
  readonly unreserved: SubFields | null;
  /** Tags 65–79, reserved by EMVCo, unread. */
  readonly rfu: SubFields | null;
  readonly crc: string;
  /** Root IDs in the order in which they stand. */
  readonly order: readonly string[];
}

/** Whose code it is that is not VietQR, as far as its identifiers tell. Deliberately without any account. */
export interface ForeignScheme {
  readonly name: string;
  /** The identifiers found in tags 26–51. */
  readonly guids: readonly string[];
  /** Tag 58. */
  readonly country: string | null;
}
