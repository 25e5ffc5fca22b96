import { pathText } from './path-text';

describe('pathText', () => {
  it.each([0, 7, 10, 99, 100, 181, 999_999, -1, -41, -1_000])('writes %i', (value) => {
    expect(pathText((pen) => pen.number(value))).toBe(String(value));
  });

  it('grows with what is written', () => {
    const text = pathText((pen) => {
      for (let i = 0; i < 10_000; i += 1) {
        pen.sign(0x68);
        pen.number(i);
      }
    });
    expect(text).toBe(Array.from({ length: 10_000 }, (_, i) => `h${i}`).join(''));
  });

  it('keeps a path within a path apart, and forgets one that failed', () => {
    const inner = () => pathText((pen) => pen.number(2));
    const outer = pathText((pen) => {
      pen.number(1);
      expect(inner()).toBe('2');
      pen.number(3);
    });
    expect(outer).toBe('13');
    const failing = (pen: { number(value: number): void }) => {
      pen.number(9);
      throw new Error('no');
    };
    expect(() => pathText(failing)).toThrow('no');
    expect(inner()).toBe('2');
  });
});
