import type { Build, MarketKind, MarketState } from '../api/types';

/** In the order of a market's way to its launch. */
export const MARKET_STATES: readonly MarketState[] = [
  'proposed',
  'surveyed',
  'planned',
  'preparing',
  'eligible',
  'scheduled',
  'launched',
  'operating',
  'suspended',
  'withdrawn',
  'closed',
];
export const MARKET_CLASSES = ['1', '2', '3'] as const;

export const MARKET_KINDS: readonly MarketKind[] = [
  'civil',
  'wholesale_hub',
  'night',
  'periodic',
  'floating',
  'temporary',
  'spontaneous',
];
export const BUILDS: readonly Build[] = ['solid', 'semi_solid', 'other'];
