import { PathText } from './path-text';

describe('PathText', () => {
  it.each([0, 7, 10, 99, 100, 181, 999_999, -1, -41, -1_000])('writes %i', (value) => {
    const path = new PathText();
    path.number(value);
    expect(path.toString()).toBe(String(value));
  });

  it('grows with what is written', () => {
    const path = new PathText();
    for (let i = 0; i < 10_000; i += 1) {
      path.sign(0x68);
      path.number(i);
    }
    expect(path.toString()).toBe(Array.from({ length: 10_000 }, (_, i) => `h${i}`).join(''));
  });
});
