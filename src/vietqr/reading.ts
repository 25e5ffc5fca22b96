import { type VietQrFields } from './payload';

/** Fields while they are being read. */
export type Draft = { -readonly [Key in keyof Omit<VietQrFields, 'order'>]: VietQrFields[Key] } & { order: string[] };

/** Nothing read yet. */
export function emptyDraft(): Draft {
  return {
    initiation: null,
    guid: '',
    bin: '',
    account: '',
    service: '',
    serviceExplicit: false,
    mcc: null,
    currency: null,
    amount: null,
    tip: null,
    feeFixed: null,
    feePercent: null,
    country: null,
    merchantName: null,
    merchantCity: null,
    postalCode: null,
    additional: null,
    language: null,
    unreserved: null,
    rfu: null,
    crc: '',
    order: [],
  };
}
