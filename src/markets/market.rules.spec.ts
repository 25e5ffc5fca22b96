import { type Build, classDiffers, suggestClass } from './market.rules';

describe('suggested class (Decree 60/2024)', () => {
  it.each<[string, Build, boolean, number, number]>([
    ['199 points', 'solid', true, 199, 3],
    ['200 points', 'solid', true, 200, 2],
    ['400 points', 'solid', true, 400, 2],
    ['401 points', 'solid', true, 401, 1],
    ['401 points, not planned', 'solid', false, 401, 2],
    ['401 points, semi-solid', 'semi_solid', true, 401, 2],
    ['200 points, semi-solid, not planned', 'semi_solid', false, 200, 2],
    ['199 points, semi-solid', 'semi_solid', true, 199, 3],
    ['1 450 points under a tarpaulin', 'other', true, 1450, 3],
    ['no points', 'solid', true, 0, 3],
  ])('%s', (_name, build, inPlan, plannedPoints, suggested) => {
    expect(suggestClass({ build, inPlan, plannedPoints })).toBe(suggested);
  });

  it.each([
    ['no decision', null, false],
    ['decided as suggested', 2, false],
    ['decided otherwise', 1, true],
  ])('a difference is marked: %s', (_name, official, differs) => {
    expect(classDiffers(official, { build: 'solid', inPlan: true, plannedPoints: 300 })).toBe(differs);
  });
});
