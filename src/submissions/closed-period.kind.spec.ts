import { businessDay } from '../kernel/business-day';
import { type ClosedPeriodPayload, summaryOf } from './closed-period.kind';

const SUBMISSION = {
  bankName: 'Vietcombank',
  reference: 'VCB-9',
  businessDate: businessDay('2026-06-10'),
  revision: 2,
};
const PAYLOAD: ClosedPeriodPayload = {
  submissionId: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d11',
  replaces: '019a2f6e-7c1b-7e0a-9a55-2f1f6f0c1d12',
  before: { transactionCount: '999', amount: '1234567' },
  after: { transactionCount: '1000', amount: '12345678901234567' },
};

it('a correction names what it replaces, and by what', () => {
  const { sentence, facts } = summaryOf(SUBMISSION, { payload: PAYLOAD });
  expect(sentence.vi).toBe('Vietcombank thay số liệu ngày 10/06/2026 đã chốt bằng bản sửa 2 (VCB-9).');
  expect(facts.map(({ before, after }) => [before, after])).toEqual([
    ['999', '1.000'],
    ['1.234.567', '12.345.678.901.234.567'],
  ]);
});

it('a late first file replaces nothing', () => {
  const { sentence, facts } = summaryOf(SUBMISSION, { payload: { ...PAYLOAD, replaces: null } });
  expect(sentence.en).toBe('Vietcombank reports 10/06/2026, a day of a closed period, late (VCB-9).');
  expect(facts.map(({ before }) => before)).toEqual([null, null]);
});
