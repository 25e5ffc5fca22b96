import { preferredLanguage } from './language';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'vi'],
    ['', 'vi'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['fr,en;q=0.3', 'en'],
    ['vi;q=0.2,en;q=0.7', 'en'],
    ['vi,en', 'vi'],
    ['en;q=0', 'vi'],
    ['*', 'vi'],
    ['en;q=abc', 'en'],
  ])('%j → %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
