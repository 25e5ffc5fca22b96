import { A4_SHEET, A6_CARD, CARD, cardsBox, cutLines, points } from './sheet-layout';

describe('the A4 sheet', () => {
  it('holds eight cards inside the page, along the rows', () => {
    expect(A4_SHEET.slots).toHaveLength(8);
    expect(A4_SHEET.slots.slice(0, 5).map(({ x, y }) => [x, y])).toEqual([
      [6.5, 4],
      [77.5, 4],
      [148.5, 4],
      [219.5, 4],
      [6.5, 105],
    ]);
    expect(cardsBox(A4_SHEET)).toEqual({ left: 6.5, top: 4, right: 290.5, bottom: 206 });
  });

  it('is cut exactly at the edges of the cards', () => {
    const lines = cutLines(A4_SHEET);
    const at = (along: 'x' | 'y') => lines.filter((line) => line.along === along).map((line) => line.at);
    expect(at('y')).toEqual([6.5, 77.5, 148.5, 219.5, 290.5]);
    expect(at('x')).toEqual([4, 105, 206]);
    for (const slot of A4_SHEET.slots) {
      expect(at('y')).toEqual(expect.arrayContaining([slot.x, slot.x + CARD.width]));
      expect(at('x')).toEqual(expect.arrayContaining([slot.y, slot.y + CARD.height]));
    }
  });
});

describe('the A6 card', () => {
  it('fills the page without cuts', () => {
    const { left, top, right, bottom } = cardsBox(A6_CARD);
    expect([left, top, 105 - right, 148 - bottom].every((margin) => margin >= -1e-9 && margin < 1)).toBe(true);
    expect(cutLines(A6_CARD)).toEqual([]);
  });
});

it('counts 72 points to the inch', () => {
  expect(points(25.4)).toBe(72);
});
