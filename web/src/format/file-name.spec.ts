import { fileName } from './file-name';

describe('fileName', () => {
  it.each([
    [['Chợ Bông Sen', '2026-10-10'], 'cho-bong-sen-2026-10-10'],
    [['Đường 30/4', ''], 'duong-30-4'],
    [['../..'], ''],
  ])('%j → %s', (parts, name) => {
    expect(fileName(...parts)).toBe(name);
  });
});
