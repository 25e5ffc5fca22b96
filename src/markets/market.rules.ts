/** What the class of a market follows from (Decree 60/2024). */
export interface ClassBasis {
  readonly build: Build;
  readonly inPlan: boolean;
  readonly plannedPoints: number;
}

export const BUILDS = ['solid', 'semi_solid', 'other'] as const;
export type Build = (typeof BUILDS)[number];

export type MarketClass = 1 | 2 | 3;

/**
 * The class that the facts suggest: 1 = more than 400 planned points, solid, in the planning; 2 = 200 points or more,
 * solid or semi-solid; else 3 (Decree 60/2024). The official decision always wins; this is only shown beside it.
 */
export function suggestClass({ build, inPlan, plannedPoints }: ClassBasis): MarketClass {
  if (build === 'solid' && inPlan && plannedPoints > 400) return 1;
  if (build !== 'other' && plannedPoints >= 200) return 2;
  return 3;
}

/** True where a decided class is not the suggested one; without a decision nothing differs. */
export function classDiffers(official: number | null, basis: ClassBasis): boolean {
  return official !== null && official !== suggestClass(basis);
}
