import type { Build, MarketKind } from '../api/types';

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
