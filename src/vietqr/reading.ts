import { type Report } from './findings';
import { type VietQrFields } from './payload';

/** Fields while they are being read. */
export type Draft = { -readonly [Key in keyof Omit<VietQrFields, 'order'>]: VietQrFields[Key] } & { order: string[] };

/** One payload on its way to its fields, and what becomes of a finding that leaves the account readable. */
export interface Reading {
  readonly fields: Draft;
  readonly report: Report;
}

export function startReading(report: Report): Reading {
  const fields: Draft = {
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
  return { fields, report };
}
